/// A sleep of a task that wakes nobody else.
///
/// Instead of `Task.sleep`, which sets Swift's own pool going (see ``TaskThreads``).
public enum Pause {
  /// Sleeps so many seconds.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled; ``SystemError`` if the system has no thread or
  ///   descriptor to wait with.
  public static func sleep(seconds: Double) async throws {
    let interruption = WaitInterruption()
    let outcome = await withTaskCancellationHandler {
      await ReadinessThread.shared.wait(until: .now + .seconds(seconds), interruption: interruption)
    } onCancel: {
      interruption.raise()
    }
    switch outcome {
    case .timedOut, .ready: return
    case .interrupted: throw CancellationError()
    case .failed(let number): throw SystemError(number: number)
    }
  }
}
