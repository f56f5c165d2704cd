import Prisma
import Schema

/// One thing that one side, the database or the files, has otherwise than the Prisma schema says.
struct PrismaMismatch: Sendable {
  /// What it is about: the same for both sides.
  struct Key: Hashable, Sendable {
    var code: String
    var object: ObjectIdentity
    var part: String?
  }

  /// What the side has.
  enum Outcome: Sendable, Hashable {
    /// This; nil for nothing.
    case differs(String?)
    /// Nobody can tell, for this reason.
    case unknown(String)
  }

  var key: Key
  /// What says so in Prisma (`User.email`); nil where nothing does.
  var subject: String?
  /// Where it says so.
  var location: PrismaLocation?
  /// What Prisma says; nil for nothing.
  var expected: String?
  var outcome: Outcome
  /// What the server must be asked: if both are the same, there is no mismatch.
  var question: QueryPair?
}
