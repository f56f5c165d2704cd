#ifndef CTHREADS_H
#define CTHREADS_H

/// Has every job of Swift's concurrency that any thread may run handed to `run_later` from now on.
///
/// To be called before the first task begins; later it counts for what is handed over then. The hook is part of the
/// runtime's interface (swift/Runtime/Concurrency.h, `swift_task_enqueueGlobal_hook`).
void tasks_take(void (*_Nonnull run_later)(void *_Nonnull job));

/// A descriptor for eventfd(2), which Swift's Glibc module does not show: not inherited by child processes, does not block;
/// -1 with errno on failure.
int wake_up_descriptor(void);

/// Runs a job to its next suspension, on the thread that calls.
void tasks_run(void *_Nonnull job);

#endif
