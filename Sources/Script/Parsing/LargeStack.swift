import Glibc

/// Runs work on a thread of its own with a stack of a chosen size.
enum LargeStack {
  /// Does the work on a new thread and waits for it; nil, with the work not done, if the thread cannot be made.
  static func run<Result>(size: Int, _ work: () -> Result) -> Result? {
    var result: Result?
    withoutActuallyEscaping({ result = work() }) { body in
      let job = Job(body)
      withExtendedLifetime(job) { start(job, stackSize: size) }
    }
    return result
  }

  private static func start(_ job: Job, stackSize: Int) {
    withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { attributes in
      guard let attributes = attributes.baseAddress, pthread_attr_init(attributes) == 0 else { return }
      defer { pthread_attr_destroy(attributes) }
      guard pthread_attr_setstacksize(attributes, stackSize) == 0 else { return }
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, attributes,
        { context in
          if let context { Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().body() }
          return nil
        }, Unmanaged.passUnretained(job).toOpaque())
      if failure == 0 { pthread_join(thread, nil) }
    }
  }

  private final class Job {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
