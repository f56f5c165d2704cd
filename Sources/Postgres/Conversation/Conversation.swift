import Threads

/// The course of one exchange with the server, as a value: told what happened, it says what to do next.
///
/// All of libpq's rules about order lie here: flush before waiting, read while flushing (or both sides may wait for each
/// other), look whether a result is ready before fetching it, fetch until there is none, stop where COPY begins, count
/// the Syncs of a pipeline. It does no I/O, so every order of events can be tested.
struct Conversation: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// One request, already in libpq's buffer.
    case single
    /// So many requests, handed to libpq one by one as there is room.
    case pipeline(requests: Int)
  }

  enum Action: Sendable, Hashable {
    case send
    case flush
    case wait(Interest)
    case consume
    case checkBusy
    case fetch
    /// Take in the result that was fetched.
    case deliver
    /// All results of one request of a pipeline are in.
    case endRequest
    case finish(Ending)
  }

  enum Event: Sendable, Hashable {
    case began
    case sent(bytes: Int, synchronizes: Bool)
    case flushed(FlushOutcome)
    case ready(Interest)
    case consumed(Bool)
    case busy(Bool)
    /// A result was fetched, or none is left; `lost` when the connection is gone.
    case fetched(ResultKind?, lost: Bool)
    case delivered
    /// The data of a COPY has ended, on either side.
    case copyEnded
    /// The wait was broken off.
    case interrupted
  }

  enum Ending: Sendable, Hashable {
    case complete
    case copyIn
    case copyOut
    case lost
  }

  /// How many bytes are handed to libpq before it is made to send them.
  static let batchSize = 65_536

  private let kind: Kind
  private var unsentRequests: Int
  private var batchedBytes = 0
  private var pendingSynchronizations = 0
  private var isFlushPending = false
  private var isInputEnded = false

  init(_ kind: Kind) {
    self.kind = kind
    if case .pipeline(let requests) = kind { unsentRequests = requests } else { unsentRequests = 0 }
  }

  mutating func next(_ event: Event) -> Action {
    switch event {
    case .began: return unsentRequests > 0 ? .send : .flush
    case .sent(let bytes, let synchronizes): return sent(bytes, synchronizes)
    case .flushed(let outcome): return flushed(outcome)
    case .ready(let interest): return interest.contains(.read) ? .consume : .flush
    case .consumed(let succeeded): return consumed(succeeded)
    case .busy(let isBusy):
      return isBusy && !isInputEnded ? .wait(isFlushPending ? [.read, .write] : .read) : .fetch
    case .fetched(let result, let lost): return fetched(result, lost)
    case .delivered: return .checkBusy
    case .copyEnded: return .flush
    case .interrupted: return .finish(.lost)
    }
  }

  private mutating func sent(_ bytes: Int, _ synchronizes: Bool) -> Action {
    unsentRequests -= 1
    batchedBytes += bytes
    if synchronizes { pendingSynchronizations += 1 }
    if unsentRequests > 0, batchedBytes < Self.batchSize { return .send }
    batchedBytes = 0
    return .flush
  }

  private mutating func flushed(_ outcome: FlushOutcome) -> Action {
    isFlushPending = outcome == .pending
    switch outcome {
    case .pending: return .checkBusy
    case .finished: return unsentRequests > 0 ? .send : .checkBusy
    case .failed:
      // What the server said before it went may still be there to be read.
      unsentRequests = 0
      return .checkBusy
    }
  }

  private mutating func consumed(_ succeeded: Bool) -> Action {
    guard succeeded else {
      isInputEnded = true
      isFlushPending = false
      return .fetch
    }
    return isFlushPending ? .flush : .checkBusy
  }

  private mutating func fetched(_ result: ResultKind?, _ lost: Bool) -> Action {
    switch result {
    case nil:
      if lost { return .finish(.lost) }
      if case .pipeline = kind { return .endRequest }
      return .finish(.complete)
    case .copyIn: return .finish(.copyIn)
    case .copyOut: return .finish(.copyOut)
    // Replication only, which the room does not speak.
    case .copyBoth: return .finish(.lost)
    case .synchronized:
      pendingSynchronizations -= 1
      if unsentRequests == 0, pendingSynchronizations == 0 { return .finish(.complete) }
      return .checkBusy
    case .complete, .row, .aborted, .error: return .deliver
    }
  }
}

/// How an attempt to send what libpq holds ended.
enum FlushOutcome: Sendable, Hashable {
  case finished, pending, failed
}

/// What a fetched result is.
enum ResultKind: Sendable, Hashable {
  /// A command's end, with all its rows if it gives any.
  case complete
  /// One row of a statement whose rows are read one by one.
  case row
  case copyIn, copyOut, copyBoth
  /// A Sync of a pipeline was reached.
  case synchronized
  /// Skipped, because something before it in the pipeline failed.
  case aborted
  case error
}
