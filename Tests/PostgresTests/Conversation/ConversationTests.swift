import Testing
import Threads

@testable import Postgres

/// The order of libpq's calls, without libpq.
@Suite("A conversation")
struct ConversationTests {
  /// Plays events against the actions that must follow them.
  private func play(
    _ conversation: inout Conversation, _ steps: [(Conversation.Event, Conversation.Action)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (event, action) in steps {
      #expect(conversation.next(event) == action, "after \(event)", sourceLocation: sourceLocation)
    }
  }

  @Test("of one statement sends, waits, reads, and fetches until nothing is left")
  func single() {
    var conversation = Conversation(.single)
    play(
      &conversation,
      [
        (.began, .flush),
        (.flushed(.finished), .checkBusy),
        (.busy(true), .wait(.read)),
        (.ready(.read), .consume),
        (.consumed(true), .checkBusy),
        (.busy(true), .wait(.read)),
        (.ready(.read), .consume),
        (.consumed(true), .checkBusy),
        (.busy(false), .fetch),
        (.fetched(.row, lost: false), .deliver),
        (.delivered, .checkBusy),
        (.busy(false), .fetch),
        (.fetched(.error, lost: false), .deliver),
        (.delivered, .checkBusy),
        (.busy(false), .fetch),
        (.fetched(nil, lost: false), .finish(.complete)),
      ])
  }

  @Test("reads while it cannot write, so that two full sides do not wait for each other")
  func readsWhileFlushing() {
    var conversation = Conversation(.single)
    play(
      &conversation,
      [
        (.began, .flush),
        (.flushed(.pending), .checkBusy),
        (.busy(true), .wait([.read, .write])),
        (.ready([.read, .write]), .consume),
        (.consumed(true), .flush),
        (.flushed(.pending), .checkBusy),
        (.busy(true), .wait([.read, .write])),
        (.ready(.write), .flush),
        (.flushed(.finished), .checkBusy),
        (.busy(true), .wait(.read)),
      ])
  }

  @Test("takes results that come before everything is sent")
  func earlyResults() {
    var conversation = Conversation(.single)
    play(
      &conversation,
      [
        (.began, .flush), (.flushed(.pending), .checkBusy), (.busy(false), .fetch),
        (.fetched(.complete, lost: false), .deliver), (.delivered, .checkBusy),
        (.busy(true), .wait([.read, .write])),
      ])
  }

  @Test("still reads the server's last words after a write fails")
  func failedWrite() {
    var conversation = Conversation(.single)
    play(
      &conversation,
      [
        (.began, .flush), (.flushed(.failed), .checkBusy), (.busy(true), .wait(.read)),
        (.ready(.read), .consume),
        (.consumed(false), .fetch), (.fetched(.error, lost: true), .deliver), (.delivered, .checkBusy),
        // Nothing more can come, so it does not wait for it even though libpq would.
        (.busy(true), .fetch), (.fetched(nil, lost: true), .finish(.lost)),
      ])
  }

  @Test(
    "stops where COPY begins and goes on after its data",
    arguments: [(ResultKind.copyIn, Conversation.Ending.copyIn), (.copyOut, .copyOut)])
  func copy(kind: ResultKind, ending: Conversation.Ending) {
    var conversation = Conversation(.single)
    play(
      &conversation,
      [
        (.began, .flush), (.flushed(.finished), .checkBusy), (.busy(false), .fetch),
        (.fetched(kind, lost: false), .finish(ending)), (.copyEnded, .flush),
        (.flushed(.finished), .checkBusy),
        (.busy(false), .fetch), (.fetched(.complete, lost: false), .deliver), (.delivered, .checkBusy),
        (.busy(false), .fetch), (.fetched(nil, lost: false), .finish(.complete)),
      ])
  }

  @Test("of a pipeline ends with its last Sync, not with the end of a request")
  func pipeline() {
    var conversation = Conversation(.pipeline(requests: 2))
    play(
      &conversation,
      [
        (.began, .send), (.sent(bytes: 10, synchronizes: true), .send),
        (.sent(bytes: 10, synchronizes: true), .flush), (.flushed(.finished), .checkBusy),
        (.busy(false), .fetch),
        (.fetched(.complete, lost: false), .deliver), (.delivered, .checkBusy), (.busy(false), .fetch),
        (.fetched(nil, lost: false), .endRequest), (.delivered, .checkBusy), (.busy(false), .fetch),
        (.fetched(.synchronized, lost: false), .checkBusy), (.busy(false), .fetch),
        (.fetched(.error, lost: false), .deliver), (.delivered, .checkBusy), (.busy(false), .fetch),
        (.fetched(nil, lost: false), .endRequest), (.delivered, .checkBusy), (.busy(false), .fetch),
        (.fetched(.synchronized, lost: false), .finish(.complete)),
      ])
  }

  @Test("hands over no more of a pipeline than a batch before it sends it")
  func batches() {
    var conversation = Conversation(.pipeline(requests: 3))
    play(
      &conversation,
      [
        (.began, .send), (.sent(bytes: Conversation.batchSize, synchronizes: false), .flush),
        (.flushed(.pending), .checkBusy), (.busy(true), .wait([.read, .write])), (.ready(.write), .flush),
        (.flushed(.finished), .send), (.sent(bytes: 1, synchronizes: false), .send),
        (.sent(bytes: 1, synchronizes: true), .flush), (.flushed(.finished), .checkBusy),
      ])
  }

  @Test("is lost when its wait is broken off")
  func interrupted() {
    var conversation = Conversation(.single)
    play(&conversation, [(.began, .flush), (.interrupted, .finish(.lost))])
  }
}
