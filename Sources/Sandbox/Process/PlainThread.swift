import Glibc

/// Runs blocking work on a thread of its own, so that Swift's pool (two threads on a small machine) stays free.
func onPlainThread<Value: Sendable>(
  _ work: @escaping @Sendable () -> Value
) async throws(SandboxError) -> Value {
  let result: Result<Value, SandboxError> = await withCheckedContinuation { continuation in
    let box = Unmanaged.passRetained(ThreadWork { continuation.resume(returning: .success(work())) })
    var thread = pthread_t()
    let status = pthread_create(&thread, nil, threadMain, box.toOpaque())
    guard status == 0 else {
      box.release()
      continuation.resume(
        returning: .failure(SandboxError(.programFailed, "cannot start a thread: \(systemMessage(status))")))
      return
    }
    pthread_detach(thread)
  }
  return try result.get()
}

private final class ThreadWork: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().body() }
  return nil
}
