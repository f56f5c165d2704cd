#include "CThreads.h"

#include <stdint.h>
#include <sys/eventfd.h>

#define SWIFT_CC __attribute__((swiftcall))

// A reference to a serial executor, of which all zeros say that any thread will do.
typedef struct {
  void *identity;
  uintptr_t implementation;
} executor_reference;

typedef SWIFT_CC void (*enqueue_function)(void *job);

extern SWIFT_CC void (*swift_task_enqueueGlobal_hook)(void *job, enqueue_function original);
extern SWIFT_CC void swift_job_run(void *job, executor_reference executor);

static void (*run_later)(void *job);

static SWIFT_CC void enqueue(void *job, enqueue_function original) {
  (void)original;
  run_later(job);
}

void tasks_take(void (*function)(void *job)) {
  run_later = function;
  swift_task_enqueueGlobal_hook = enqueue;
}

void tasks_run(void *job) {
  executor_reference any = {0, 0};
  swift_job_run(job, any);
}

int wake_up_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
