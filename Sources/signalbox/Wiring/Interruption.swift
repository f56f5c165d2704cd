import Dispatch
import Glibc

/// Turns ^C and SIGTERM into an orderly end while a command runs.
final class Interruption: Sendable {
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Calls `stop` for the first signal; a second one of the same kind ends the process as usual.
  init(_ stop: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      // Ignored first: the source is registered a moment later, and a signal in between must not kill us.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        stop()
        signal(number, SIG_DFL)
      }
      source.activate()
      return source
    }
  }

  /// Gives the signals back to their usual effect.
  func stop() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
  }
}
