#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "CTerminal.h"

#define MOST_SIGNALS 16

static int readable_end = -1;
// Read by the handler, which may run on another thread than the one that closes the pipe.
static atomic_int writable_end = -1;
static int watched[MOST_SIGNALS];
static struct sigaction former[MOST_SIGNALS];
static int watched_count = 0;

static void forward(int number) {
  int saved = errno;
  uint8_t byte = (uint8_t)number;
  // A full pipe holds enough news already.
  (void)!write(atomic_load(&writable_end), &byte, 1);
  errno = saved;
}

int signal_pipe_open(const int *signals, int count) {
  if (readable_end != -1 || count > MOST_SIGNALS) {
    errno = EBUSY;
    return -1;
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  readable_end = ends[0];
  atomic_store(&writable_end, ends[1]);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = forward;
  // Without SA_RESTART a change of the window's size would break off other people's system calls.
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (watched_count = 0; watched_count < count; watched_count++) {
    watched[watched_count] = signals[watched_count];
    if (sigaction(signals[watched_count], &action, &former[watched_count]) != 0) {
      int saved = errno;
      signal_pipe_close();
      errno = saved;
      return -1;
    }
  }
  return readable_end;
}

void signal_pipe_close(void) {
  for (int index = 0; index < watched_count; index++) sigaction(watched[index], &former[index], NULL);
  watched_count = 0;
  int readable = readable_end, writable = atomic_exchange(&writable_end, -1);
  readable_end = -1;
  if (readable != -1) close(readable);
  if (writable != -1) close(writable);
}

void signal_pipe_stop_group(void) {
  struct sigaction standard, stop, resume;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &stop);
  // Our own return is no news.
  sigaction(SIGCONT, &standard, &resume);
  // The whole group, or a shell that waits for its leader (make, git) would never get the terminal back.
  kill(0, SIGTSTP);
  sigaction(SIGCONT, &resume, NULL);
  sigaction(SIGTSTP, &stop, NULL);
}
