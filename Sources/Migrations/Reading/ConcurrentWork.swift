import Glibc
import Synchronization

/// Does one kind of work on many things at once, on all processors.
enum ConcurrentWork {
  /// Below this a thread costs more than it saves.
  private static let smallestShare = 32

  /// The results of the work on each element, in the order of the elements.
  ///
  /// The calling thread takes part, and does all of it where no other thread is to be had.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ work: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let helpers = min(processors - 1, elements.count / smallestShare)
    guard helpers > 0 else { return elements.map(work) }
    let progress = Progress<Result>()
    let job = Job {
      while true {
        let first = progress.next.add(smallestShare, ordering: .relaxed).oldValue
        guard first < elements.count else { return }
        let results = elements[first..<min(first + smallestShare, elements.count)].map(work)
        progress.parts.withLock { $0.append((first, results)) }
      }
    }
    var threads: [pthread_t] = []
    withExtendedLifetime(job) {
      for _ in 0..<helpers {
        var thread = pthread_t()
        let failure = pthread_create(
          &thread, nil,
          { context in
            if let context { Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().body() }
            return nil
          }, Unmanaged.passUnretained(job).toOpaque())
        if failure == 0 { threads.append(thread) }
      }
      job.body()
      for thread in threads { pthread_join(thread, nil) }
    }
    return progress.parts.withLock { $0.sorted { $0.first < $1.first }.flatMap(\.results) }
  }

  /// Who does which share: each takes the next.
  private final class Progress<Result: Sendable>: Sendable {
    let next = Atomic(0)
    let parts = Mutex<[(first: Int, results: [Result])]>([])
  }

  private final class Job: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
