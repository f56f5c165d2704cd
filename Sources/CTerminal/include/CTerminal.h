#pragma once

// What a signal handler needs, which Swift cannot promise: code that runs without a runtime, an allocation or a lock.
// And system calls that Swift's Glibc module does not show.

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/// The size of a terminal, in cells; -1 if the descriptor is none, or does not know its size.
int terminal_size(int descriptor, int *_Nonnull columns, int *_Nonnull rows);

/// Makes `count` signals write their number as one byte to a pipe instead of acting. Returns the pipe's readable end,
/// which does not block, or -1. The dispositions that were there come back with signal_pipe_close.
int signal_pipe_open(const int *_Nonnull signals, int count);

/// Puts the former dispositions back and closes the pipe.
void signal_pipe_close(void);

/// Stops the process group as ^Z does in a cooked terminal, and returns when it goes on. The kernel does not stop a group
/// that nobody could continue.
void signal_pipe_stop_group(void);

/// Prepares the restoring of a terminal after a crash, or after exit() was called: `bytes` are written to `descriptor`
/// and `modes` are set. Handlers for the signals of a crash are installed once and hand over to those that were there
/// before. At most 512 bytes are kept. Returns 0, or -1 if there is no room for them.
int crash_guard_arm(
    int descriptor, const struct termios *_Nonnull modes, const uint8_t *_Nonnull bytes, size_t count);

/// There is nothing to restore any more.
void crash_guard_disarm(void);
