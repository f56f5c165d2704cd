import Glibc
import Testing

// ncurses, signal dispositions and the locale belong to the whole process: one test at a time.
@Suite("a screen on a real pseudo-terminal", .serialized)
struct TerminalTests {}

/// Sends a signal to the whole process: the threads that run tests block most of them, and the main thread takes it.
func send(_ signal: Int32) { kill(getpid(), signal) }
