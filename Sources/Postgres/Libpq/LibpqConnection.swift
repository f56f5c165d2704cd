import CLibpq
import Glibc
import Threads

/// A `PGconn`: every call that the room makes on one, in Swift's terms, without any waiting.
///
/// libpq allows a connection to be used by one thread at a time, whichever it is. While it is being made, one task owns
/// it; from then on, one ``Connection`` actor.
final class LibpqConnection: @unchecked Sendable {  // one owner at a time, as above
  private let pointer: OpaquePointer
  /// Kept alive as long as the connection, which calls back into it.
  private let noticeSink = NoticeSink()

  /// Begins to connect; returns nil only when there is no memory for it.
  init?(starting parameters: [String: String]) {
    var keywords: [UnsafePointer<CChar>?] = []
    var values: [UnsafePointer<CChar>?] = []
    for (keyword, value) in parameters.sorted(by: { $0.key < $1.key }) {
      keywords.append(UnsafePointer(strdup(keyword)))
      values.append(UnsafePointer(strdup(value)))
    }
    defer { for pointer in keywords + values { free(UnsafeMutablePointer(mutating: pointer)) } }
    guard let pointer = PQconnectStartParams(keywords + [nil], values + [nil], 0) else { return nil }
    self.pointer = pointer
    let sink = Unmanaged.passUnretained(noticeSink).toOpaque()
    _ = PQsetNoticeReceiver(
      pointer,
      { sink, result in
        guard let sink, let report = LibpqResult.report(result) else { return }
        Unmanaged<NoticeSink>.fromOpaque(sink).takeUnretainedValue().notices.append(report)
      }, sink)
  }

  deinit { PQfinish(pointer) }

  /// The notices that came since the last time they were taken.
  func takeNotices() -> [Notice] {
    defer { noticeSink.notices = [] }
    return noticeSink.notices
  }

  private final class NoticeSink { var notices: [Notice] = [] }

  var isBad: Bool { PQstatus(pointer) == CONNECTION_BAD }
  var socket: Int32 { PQsocket(pointer) }
  var errorMessage: String { Self.trimmed(PQerrorMessage(pointer)) }
  var serverVersion: Int { Int(PQserverVersion(pointer)) }
  var processID: Int32 { PQbackendPID(pointer) }
  var isEncrypted: Bool { PQsslInUse(pointer) == 1 }
  var needsPassword: Bool { PQconnectionNeedsPassword(pointer) == 1 }
  var host: String { PQhost(pointer).map { String(cString: $0) } ?? "" }
  var port: String { PQport(pointer).map { String(cString: $0) } ?? "" }
  var user: String { PQuser(pointer).map { String(cString: $0) } ?? "" }
  var database: String { PQdb(pointer).map { String(cString: $0) } ?? "" }

  var transactionStatus: TransactionStatus {
    switch PQtransactionStatus(pointer) {
    case PQTRANS_IDLE: .idle
    case PQTRANS_INTRANS: .inTransaction
    case PQTRANS_INERROR: .failed
    case PQTRANS_ACTIVE: .active
    default: .unknown
    }
  }

  func parameterStatus(_ name: String) -> String? {
    PQparameterStatus(pointer, name).map { String(cString: $0) }
  }

  /// The settings in force, libpq's defaults, environment and service file included.
  var effectiveParameters: [String: String] {
    guard let options = PQconninfo(pointer) else { return [:] }
    defer { PQconninfoFree(options) }
    return ConnectionOptions.read(options)
  }

  enum ConnectStep { case wait(Interest), connected, failed }

  func pollConnect() -> ConnectStep {
    switch PQconnectPoll(pointer) {
    case PGRES_POLLING_READING: .wait(.read)
    case PGRES_POLLING_WRITING: .wait(.write)
    case PGRES_POLLING_OK: .connected
    default: .failed
    }
  }

  /// From here on no call waits for the socket; returns false when libpq refuses.
  func setNonblocking() -> Bool { PQsetnonblocking(pointer, 1) == 0 }

  func makeCancelRequest() -> CancelRequest? {
    if PGHasAsynchronousCancel() { return PGCancelCreate(pointer).map { CancelRequest(.asynchronous($0)) } }
    return PQgetCancel(pointer).map { CancelRequest(.blocking($0)) }
  }

  func flush() -> FlushOutcome {
    switch PQflush(pointer) {
    case 0: .finished
    case 1: .pending
    default: .failed
    }
  }

  func consumeInput() -> Bool { PQconsumeInput(pointer) == 1 }
  var isBusy: Bool { PQisBusy(pointer) == 1 }
  func nextResult() -> LibpqResult? { PQgetResult(pointer).map(LibpqResult.init) }
  func sendScript(_ sql: String) -> Bool { PQsendQuery(pointer, sql) == 1 }
  func setSingleRowMode() -> Bool { PQsetSingleRowMode(pointer) == 1 }
  func enterPipeline() -> Bool { PQenterPipelineMode(pointer) == 1 }
  func exitPipeline() -> Bool { PQexitPipelineMode(pointer) == 1 }
  func synchronizePipeline() -> Bool { PQpipelineSync(pointer) == 1 }

  func requestFlush() -> Bool { PQsendFlushRequest(pointer) == 1 }

  func prepare(_ name: String, _ sql: String, _ types: [UInt32]) -> Bool {
    PQsendPrepare(pointer, name, sql, Int32(types.count), types) == 1
  }

  /// Sends a statement, or with a name the one that was prepared under it.
  func send(_ sql: String, _ parameters: [Parameter], preparedAs name: String? = nil) -> Bool {
    // All values lie in one buffer, each followed by a NUL: libpq reads a text up to it and a binary value by length.
    var bytes: [UInt8] = []
    var offsets: [Int?] = []
    var types: [Oid] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    for parameter in parameters {
      offsets.append(bytes.count)
      types.append(0)
      lengths.append(0)
      formats.append(0)
      switch parameter {
      case .null: offsets[offsets.count - 1] = nil
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .binary(let value, let type):
        types[types.count - 1] = type ?? 0
        lengths[lengths.count - 1] = Int32(clamping: value.count)
        formats[formats.count - 1] = 1
        bytes.append(contentsOf: value)
      }
      bytes.append(0)
    }
    return bytes.withUnsafeBytes { buffer in
      let values = offsets.map { offset in
        offset.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
      }
      if let name {
        return PQsendQueryPrepared(
          pointer, name, Int32(parameters.count), values, lengths, formats, 0) == 1
      }
      return PQsendQueryParams(
        pointer, sql, Int32(parameters.count), types, values, lengths, formats, 0) == 1
    }
  }

  enum CopyPut { case taken, wouldBlock, failed }

  func putCopy(_ bytes: ArraySlice<UInt8>) -> CopyPut {
    let status = bytes.withUnsafeBytes { buffer in
      PQputCopyData(pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
    }
    return Self.copyPut(status)
  }

  /// Ends the data; with a message, has the server fail the COPY with it.
  func endCopy(failing message: String?) -> CopyPut { Self.copyPut(PQputCopyEnd(pointer, message)) }

  private static func copyPut(_ status: Int32) -> CopyPut {
    status == 1 ? .taken : status == 0 ? .wouldBlock : .failed
  }

  enum CopyGet { case chunk([UInt8]), wait, end }

  func getCopy() -> CopyGet {
    var buffer: UnsafeMutablePointer<CChar>?
    let count = PQgetCopyData(pointer, &buffer, 1)
    guard count >= 0 else { return .end }
    guard count > 0, let buffer else { return .wait }
    defer { PQfreemem(buffer) }
    return .chunk(Array(UnsafeRawBufferPointer(start: buffer, count: Int(count))))
  }

  func nextNotification() -> Notification? {
    guard let pointer = PQnotifies(pointer) else { return nil }
    defer { PQfreemem(pointer) }
    let notify = pointer.pointee
    return Notification(
      channel: String(cString: notify.relname), payload: String(cString: notify.extra),
      processID: notify.be_pid)
  }

  static func trimmed(_ message: UnsafePointer<CChar>?) -> String {
    var text = message.map { String(cString: $0) } ?? ""
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
