import Threads

/// Runs what blocks on a thread of its own, so that Swift's pool stays free; throws a ``SandboxError`` if there is none.
func onPlainThread<Value: Sendable>(
  _ work: @escaping @Sendable () -> Value
) async throws(SandboxError) -> Value {
  do throws(PlainThreadFailure) {
    return try await PlainThread.value(of: work)
  } catch {
    throw SandboxError(.programFailed, "cannot start a thread: \(systemMessage(error.number))")
  }
}
