import Glibc

/// The encoding of a file's text, by PostgreSQL's name for it (documentation, "Character Set Support").
public struct FileEncoding: Sendable, Hashable {
  /// PostgreSQL's name (`LATIN1`).
  public let name: String

  /// Takes a name, in any case of letters; nil if no such encoding is known.
  public init?(_ name: String) {
    let upper = name.uppercased()
    guard Self.convertedBy[upper] != nil else { return nil }
    self.name = upper
  }

  /// What iconv calls them.
  private static let convertedBy: [String: String] = [
    "UTF8": "UTF-8", "UTF16": "UTF-16", "LATIN1": "ISO-8859-1", "LATIN2": "ISO-8859-2",
    "LATIN3": "ISO-8859-3",
    "LATIN4": "ISO-8859-4", "LATIN5": "ISO-8859-9", "LATIN6": "ISO-8859-10", "LATIN7": "ISO-8859-13",
    "LATIN8": "ISO-8859-14", "LATIN9": "ISO-8859-15", "LATIN10": "ISO-8859-16", "ISO_8859_5": "ISO-8859-5",
    "ISO_8859_6": "ISO-8859-6", "ISO_8859_7": "ISO-8859-7", "ISO_8859_8": "ISO-8859-8", "WIN1250": "CP1250",
    "WIN1251": "CP1251", "WIN1252": "CP1252", "WIN1253": "CP1253", "WIN1254": "CP1254", "WIN1255": "CP1255",
    "WIN1256": "CP1256", "WIN1257": "CP1257", "WIN1258": "CP1258", "WIN866": "CP866", "WIN874": "CP874",
    "KOI8R": "KOI8-R", "KOI8U": "KOI8-U", "EUC_JP": "EUC-JP", "EUC_KR": "EUC-KR", "EUC_CN": "GB2312",
    "SJIS": "SHIFT_JIS", "BIG5": "BIG5", "GBK": "GBK", "GB18030": "GB18030", "UHC": "CP949",
  ]

  /// The bytes as UTF-8.
  ///
  /// - Returns: the converted text, or the offset of the first byte that the encoding does not know.
  func utf8(_ bytes: [UInt8]) -> Result<[UInt8], MalformedByte> {
    guard name != "UTF8", let source = Self.convertedBy[name] else { return .success(bytes) }
    let converter = iconv_open("UTF-8", source)
    guard converter != iconv_t(bitPattern: -1) else { return .failure(MalformedByte(offset: 0)) }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No encoding takes more than four bytes of UTF-8 for one of its own.
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var remaining = input.count
    var free = output.count
    let isConverted = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var to = target.baseAddress
        return iconv(converter, &from, &remaining, &to, &free) != -1
      }
    }
    guard isConverted else { return .failure(MalformedByte(offset: bytes.count - remaining)) }
    let converted = output.prefix(output.count - free).map { UInt8(bitPattern: $0) }
    return .success(converted.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(converted.dropFirst(3)) : converted)
  }

  /// A byte that an encoding does not know.
  struct MalformedByte: Error, Sendable, Hashable {
    /// Its place in the file, from 0.
    var offset: Int
  }
}

extension Migration {
  /// The bytes that its statements' places are meant of: those of its file, converted to UTF-8.
  ///
  /// - Throws: ``FileSystemError`` if the file cannot be read any more, or no longer is in its encoding.
  public func source(of project: Project, in fileSystem: FileSystem) throws(FileSystemError) -> [UInt8] {
    let path = Path.join(project.root, file)
    let bytes = placeholders.filled(try fileSystem.read(path))
    guard let encoding else { return bytes }
    switch encoding.utf8(bytes) {
    case .success(let converted): return converted
    case .failure: throw FileSystemError(path: path, reason: "it is no longer \(encoding.name)")
    }
  }
}
