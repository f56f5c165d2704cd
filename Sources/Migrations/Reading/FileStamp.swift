/// What a file system notes of a file or directory besides what it holds; as long as it is the same, so is what it holds.
///
/// That is the rule of git's index (Documentation/technical/racy-git), with the time of the last change of any kind besides,
/// which no program can set back. It does not see what is written through a mapping of memory that was made before.
public struct FileStamp: Sendable, Hashable {
  /// What stands there.
  public var kind: FileKind
  /// The file system that it is in.
  public var device: UInt64
  /// Its number there.
  public var number: UInt64
  /// How many bytes it has.
  public var size: Int
  /// When what it holds was written last, in nanoseconds since 1970.
  public var writtenAt: Int
  /// When anything of it was changed last, in nanoseconds since 1970.
  public var changedAt: Int

  /// Makes a stamp from its parts.
  public init(
    kind: FileKind, device: UInt64, number: UInt64, size: Int, writtenAt: Int, changedAt: Int
  ) {
    self.kind = kind
    self.device = device
    self.number = number
    self.size = size
    self.writtenAt = writtenAt
    self.changedAt = changedAt
  }

  /// The clock that stamps files goes by steps of some milliseconds: what was changed so short a time before it was looked
  /// at may be changed again within the same step.
  private static let doubt = 2_000_000_000

  /// Whether any later change will have another stamp.
  ///
  /// - Parameter moment: when the stamp was taken, or before, in nanoseconds since 1970.
  func isSettled(at moment: Int) -> Bool { max(writtenAt, changedAt) < moment - Self.doubt }
}
