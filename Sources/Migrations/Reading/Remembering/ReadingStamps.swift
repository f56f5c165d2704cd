import Synchronization

/// All that a reading has asked of a file system, each with its stamp: as long as they hold, it would find the same again.
struct ReadingStamps: Sendable, Hashable {
  /// The files and directories that were there, in the order of their paths.
  private var present: [Present] = []
  /// The paths where nothing stood.
  private var absent: [String] = []
  /// What paths were without links.
  private var resolved: [Resolved] = []

  private struct Present: Sendable, Hashable {
    var path: String
    var stamp: FileStamp
  }

  private struct Resolved: Sendable, Hashable {
    var path: String
    var target: String
  }

  /// Whether nothing of it has changed.
  func hold(in fileSystem: FileSystem) -> Bool {
    absent.allSatisfy { fileSystem.kind($0) == nil }
      && resolved.allSatisfy { fileSystem.resolve($0.path) == $0.target }
      && ConcurrentWork.map(present) { fileSystem.stamp($0.path) == $0.stamp }.allSatisfy { $0 }
  }

  /// Notes what a reading asks, for ``ReadingStamps``.
  final class Recorder: Sendable {
    private struct Notes {
      var present: [String: FileStamp] = [:]
      var absent: Set<String> = []
      var resolved: [String: String] = [:]
      /// Whether there was something of which nobody could tell later whether it is the same.
      var isDoubtful = false
    }

    private let fileSystem: FileSystem
    /// When the reading began, in nanoseconds since 1970.
    private let moment: Int
    private let notes = Mutex(Notes())

    init(_ fileSystem: FileSystem, at moment: Int) {
      self.fileSystem = fileSystem
      self.moment = moment
    }

    /// The file system, whose every answer is noted.
    var noted: FileSystem {
      FileSystem(
        kind: { path in
          self.note(path)
          return self.fileSystem.kind(path)
        },
        listing: { path throws(FileSystemError) in
          self.note(path)
          return try self.fileSystem.listing(path)
        },
        read: { path throws(FileSystemError) in
          self.note(path)
          return try self.fileSystem.read(path)
        },
        resolve: { path in
          let target = self.fileSystem.resolve(path)
          self.notes.withLock { $0.resolved[path] = target }
          return target
        })
    }

    /// Takes the stamp before the look: a change that comes between the two is seen later.
    private func note(_ path: String) {
      let stamp = fileSystem.stamp(path)
      let isAbsent = stamp == nil && fileSystem.kind(path) == nil
      notes.withLock { notes in
        if let stamp {
          let known = notes.present.updateValue(stamp, forKey: path)
          if known.map({ $0 != stamp }) ?? false || !stamp.isSettled(at: moment) { notes.isDoubtful = true }
        } else if isAbsent {
          notes.absent.insert(path)
        } else {
          notes.isDoubtful = true
        }
        if notes.absent.contains(path), notes.present[path] != nil { notes.isDoubtful = true }
      }
    }

    /// What was noted; nil if it could not be told later whether something of it has changed.
    var stamps: ReadingStamps? {
      let notes = notes.withLock { $0 }
      guard !notes.isDoubtful else { return nil }
      let devices = Dictionary(
        notes.present.map { ($0.value.device, $0.key) }, uniquingKeysWith: { first, _ in first })
      guard devices.values.allSatisfy({ fileSystem.hasReliableStamps($0) }) else { return nil }
      var stamps = ReadingStamps()
      stamps.present = notes.present.sorted { $0.key < $1.key }.map { Present(path: $0.key, stamp: $0.value) }
      stamps.absent = notes.absent.sorted()
      stamps.resolved = notes.resolved.sorted { $0.key < $1.key }.map {
        Resolved(path: $0.key, target: $0.value)
      }
      return stamps
    }
  }
}

extension ReadingStamps {
  /// Reads what ``write(to:)`` has written.
  init(from reader: inout OutlineByteReader) throws(OutlineByteReader.Mismatch) {
    present = try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
      Present(
        path: try reader.text(),
        stamp: FileStamp(
          kind: try reader.flag() ? .directory : .file,
          device: UInt64(bitPattern: Int64(try reader.number())),
          number: UInt64(bitPattern: Int64(try reader.number())), size: try reader.number(),
          writtenAt: try reader.number(), changedAt: try reader.number()))
    }
    absent = try reader.array { (reader) throws(OutlineByteReader.Mismatch) in try reader.text() }
    resolved = try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
      Resolved(path: try reader.text(), target: try reader.text())
    }
  }

  /// Writes it for the next start.
  func write(to writer: inout OutlineByteWriter) {
    writer.append(present) { entry, writer in
      writer.append(entry.path)
      writer.append(entry.stamp.kind == .directory)
      writer.append(Int(Int64(bitPattern: entry.stamp.device)))
      writer.append(Int(Int64(bitPattern: entry.stamp.number)))
      writer.append(entry.stamp.size)
      writer.append(entry.stamp.writtenAt)
      writer.append(entry.stamp.changedAt)
    }
    writer.append(absent) { $1.append($0) }
    writer.append(resolved) {
      $1.append($0.path)
      $1.append($0.target)
    }
  }
}
