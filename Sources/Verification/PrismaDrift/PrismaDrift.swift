import Migrations
import Schema

/// One thing in which a Prisma schema disagrees with the database, with the files of the migrations, or with both.
public struct PrismaDrift: Sendable, Hashable {
  /// What one side has of it.
  public enum Side: Sendable, Hashable {
    /// What Prisma says.
    case agrees
    /// This instead; nil for nothing.
    case differs(String?)
    /// Nobody can tell, for this reason.
    case unknown(String)
    /// It was not asked.
    case unasked
  }

  /// The stable code (docs/findings.md).
  public var code: String
  /// The object of the database that it is about, by the name that Prisma gives it.
  public var object: ObjectIdentity
  /// The part that disagrees (`type`); nil for the object as a whole.
  public var part: String?
  /// What says so in Prisma (`User.email`); nil where nothing does.
  public var subject: String?
  /// Where it says so.
  public var location: FileLocation?
  /// What Prisma says; nil for nothing.
  public var expected: String?
  /// What the database has.
  public var database: Side
  /// What the files leave once all of them have run.
  public var files: Side

  /// Makes a drift from its parts.
  public init(
    code: String, object: ObjectIdentity, part: String? = nil, subject: String? = nil,
    location: FileLocation? = nil, expected: String? = nil, database: Side, files: Side
  ) {
    self.code = code
    self.object = object
    self.part = part
    self.subject = subject
    self.location = location
    self.expected = expected
    self.database = database
    self.files = files
  }

  /// How bad it is: what makes the generated client wrong is a failure.
  public var severity: Finding.Severity {
    if !database.differs, !files.differs { return .warning }
    switch code {
    case FindingCode.prismaName, FindingCode.prismaUnmodelled: return .warning
    // The client sends a value of its own, or demands one.
    case FindingCode.prismaDefault: return expected == nil ? .warning : .failure
    default: return .failure
    }
  }

  /// What disagrees, in one sentence.
  public var sentence: String {
    let sides = [("the database", database), ("the files", files)]
    let different = sides.filter { $0.1.differs }
    guard !different.isEmpty else {
      let reason = sides.lazy.compactMap { $0.1.doubt }.first ?? ""
      return "\(part.map { "the \($0) of " } ?? "")\(object) cannot be compared: \(reason)"
    }
    let places = different.map(\.0).joined(separator: " and ")
    if expected == nil, part == nil {
      let inModel = subject.map { "\($0) has nothing of it" } ?? "no model describes it"
      return "\(object) is in \(places), and \(inModel)"
    }
    guard let part else { return "\(subject ?? "the schema") describes \(object), which is not in \(places)" }
    let values = different.map { place, side in "\(place) \(side.value ?? "nothing")" }
    return "the \(part) of \(object): \(subject ?? "Prisma") says \(expected ?? "nothing"), "
      + values.joined(separator: ", ")
  }

  /// The same as a finding of `verify`.
  public var finding: Finding {
    Finding(code: code, severity: severity, object: object, message: sentence, location: location)
  }
}

extension PrismaDrift.Side {
  /// Whether it is known to be otherwise.
  public var differs: Bool {
    if case .differs = self { true } else { false }
  }

  /// What it has instead, if it is known to be otherwise.
  public var value: String? {
    if case .differs(let value) = self { value } else { nil }
  }

  /// Why nobody can tell, if so.
  public var doubt: String? {
    if case .unknown(let reason) = self { reason } else { nil }
  }
}

/// Everything in which a Prisma schema disagrees with the database and the files.
public struct PrismaDriftReport: Sendable, Hashable {
  /// The objects of one kind that Prisma has no words for, and in which of them database and files disagree.
  public struct Beyond: Sendable, Hashable {
    /// What a person calls them (`row-level security policies`).
    public var title: String
    /// The objects of the database.
    public var objects: [ObjectIdentity]
    /// What of them is not as the files say (``DriftJudge``).
    public var drifts: [Drift]
  }

  /// The disagreements, in the order of their places in the schema; what no model describes is behind.
  public var drifts: [PrismaDrift]
  /// What was compared.
  public var counts: PrismaCounts
  /// What Prisma has no words for.
  public var beyond: [Beyond]
  /// Why the files were not compared, if they were not.
  public var filesOmission: String?
  /// The models of tables that the host provides, which were not compared.
  public var hostModels: [String] = []

  /// Whether anything is a failure.
  public var hasFailures: Bool {
    drifts.contains { $0.severity == .failure }
      || beyond.contains { $0.drifts.contains { $0.severity == .failure } }
  }
}
