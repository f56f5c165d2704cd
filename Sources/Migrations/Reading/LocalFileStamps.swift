import CFileSystem
import Glibc

/// The stamps of files on this machine.
enum LocalFileStamps {
  /// The stamp of a file or directory, links followed; nil if there is none.
  static func stamp(of path: String) -> FileStamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let kind: FileKind
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    default: return nil
    }
    return FileStamp(
      kind: kind, device: UInt64(status.st_dev), number: UInt64(status.st_ino), size: Int(status.st_size),
      writtenAt: nanoseconds(status.st_mtim), changedAt: nanoseconds(status.st_ctim))
  }

  /// Whether the kernel of this machine sets the times there, by its own clock and finely.
  ///
  /// Others do over a network and in what a host shares with its guest (NFS, SMB, FUSE, 9p), each by a clock of its own, and
  /// what is known of a file may be old there.
  static func areOwn(at path: String) -> Bool {
    known.contains(file_system_kind(path))
  }

  /// The numbers of file systems (Linux, `include/uapi/linux/magic.h`).
  private static let known: Set<UInt32> = [
    0xEF53,  // ext2, ext3, ext4
    0x5846_5342,  // XFS
    0x9123_683E,  // Btrfs
    0xF2F5_2010,  // F2FS
    0xCA45_1A4E,  // bcachefs
    0x2FC1_2FC1,  // ZFS
    0x0102_1994,  // tmpfs
    0x794C_7630,  // overlayfs
  ]

  private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }
}
