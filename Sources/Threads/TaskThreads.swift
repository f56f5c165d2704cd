import CThreads
import Glibc

/// Threads of ours for Swift's tasks, which sleep until there is a task to run.
///
/// Those that Swift brings along on Linux are counted by a timer once a second, for as long as the process lives
/// (libdispatch, `_dispatch_workq_monitor_pools`); a program that waits for its operator all day should not wake at all.
public enum TaskThreads {
  /// Has all tasks run on as many threads as there are processors, two at least; to be called once, before the first
  /// task begins.
  ///
  /// - Throws: ``PlainThreadFailure`` if the system has no thread to give; then the tasks run where they would have.
  public static func take() throws(PlainThreadFailure) {
    for _ in 0..<max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
      try PlainThread.start { while true { tasks_run(jobs.next()) } }
    }
    tasks_take { TaskThreads.jobs.add($0) }
  }

  private static let jobs = JobQueue()
}

/// Jobs that wait for a thread, the oldest first.
private final class JobQueue: Sendable {
  private struct Waiting {
    // Pointers are not sendable; the runtime hands each job over to whoever runs it.
    var jobs: [UInt] = []
    var first = 0
  }

  private let waiting = Lock(Waiting())
  private let count = Semaphore()

  func add(_ job: UnsafeMutableRawPointer) {
    waiting.withLock { $0.jobs.append(UInt(bitPattern: job)) }
    count.post()
  }

  /// The next job; waits until there is one.
  func next() -> UnsafeMutableRawPointer {
    while true {
      count.wait()
      let job = waiting.withLock { waiting in
        let job = waiting.jobs[waiting.first]
        waiting.first += 1
        if waiting.first == waiting.jobs.count {
          waiting.jobs.removeAll(keepingCapacity: true)
          waiting.first = 0
        }
        return job
      }
      if let pointer = UnsafeMutableRawPointer(bitPattern: job) { return pointer }
    }
  }
}
