#define _GNU_SOURCE 1

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CTerminal.h"

#define MOST_BYTES 512

// SIGQUIT is no crash, but it ends the process in the same way: with a core and without a word to anybody.
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGQUIT};
#define CRASH_COUNT (sizeof crashes / sizeof crashes[0])

static struct sigaction former[CRASH_COUNT];
static atomic_int installed = 0;
static atomic_int armed = 0;
static int terminal = -1;
static pid_t owner = -1;
static struct termios modes_before;
static uint8_t farewell[MOST_BYTES];
static size_t farewell_count = 0;
static uint8_t alternate_stack[64 * 1024];

// Only what POSIX allows in a signal handler. The exchange lets one thread alone do it.
static void restore_terminal(void) {
  if (atomic_exchange(&armed, 0) == 0 || getpid() != owner) return;
  // A process in the background would be stopped for touching the terminal, instead of ending.
  struct sigaction ignore, before;
  memset(&ignore, 0, sizeof ignore);
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGTTOU, &ignore, &before);
  size_t written = 0;
  while (written < farewell_count) {
    ssize_t count = write(terminal, farewell + written, farewell_count - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += (size_t)count;
  }
  tcsetattr(terminal, TCSANOW, &modes_before);
  sigaction(SIGTTOU, &before, NULL);
}

static void die_of(int number) {
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(number, &standard, NULL);
  sigset_t this_one;
  sigemptyset(&this_one);
  sigaddset(&this_one, number);
  pthread_sigmask(SIG_UNBLOCK, &this_one, NULL);
  raise(number);
  _exit(128 + number);
}

static void on_crash(int number, siginfo_t *information, void *context) {
  restore_terminal();
  for (size_t index = 0; index < CRASH_COUNT; index++) {
    if (crashes[index] != number) continue;
    // Whoever was there before (a backtracer) sees the crash as it happened.
    const struct sigaction *previous = &former[index];
    if (previous->sa_flags & SA_SIGINFO) {
      if (previous->sa_sigaction) previous->sa_sigaction(number, information, context);
    } else if (previous->sa_handler == SIG_IGN && number == SIGQUIT) {
      return;
    } else if (previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN) {
      previous->sa_handler(number);
    }
  }
  die_of(number);
}

static int install(void) {
  stack_t stack, present;
  // The stack itself may be what ran out. A stack that somebody else put here is left.
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate_stack;
    stack.ss_size = sizeof alternate_stack;
    sigaltstack(&stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t index = 0; index < CRASH_COUNT; index++) {
    if (sigaction(crashes[index], &action, &former[index]) != 0) return -1;
  }
  return atexit(restore_terminal);
}

int crash_guard_arm(int descriptor, const struct termios *modes, const uint8_t *bytes, size_t count) {
  if (count > MOST_BYTES) {
    errno = EMSGSIZE;
    return -1;
  }
  crash_guard_disarm();
  terminal = descriptor;
  owner = getpid();
  modes_before = *modes;
  memcpy(farewell, bytes, count);
  farewell_count = count;
  if (atomic_exchange(&installed, 1) == 0 && install() != 0) {
    atomic_store(&installed, 0);
    return -1;
  }
  atomic_store(&armed, 1);
  return 0;
}

void crash_guard_disarm(void) { atomic_store(&armed, 0); }
