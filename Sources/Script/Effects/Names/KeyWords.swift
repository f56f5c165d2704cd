import CPgQuery
import Schema

/// The grammar's key words.
enum KeyWords {
  /// The name as SQL that is read again must have it: in quotes where it is a key word or not plain.
  static func quoted(_ name: String) -> String {
    needsQuotes(name) ? Identifier.alwaysQuoted(name) : name
  }

  /// Whether the server's `quote_ident()` puts a name in quotes: it does so for every key word that is not unreserved.
  static func needsQuotes(_ name: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F }
    guard let first = name.utf8.first, isLetter(first),
      name.utf8.allSatisfy({ isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) })
    else { return true }
    let scanned = pg_query_scan(name)
    defer { pg_query_free_scan_result(scanned) }
    guard scanned.error == nil, let data = scanned.pbuf.data,
      let result = pg_query__scan_result__unpack(
        nil, scanned.pbuf.len, UnsafeRawPointer(data).assumingMemoryBound(to: UInt8.self))
    else { return true }
    defer { pg_query__scan_result__free_unpacked(result, nil) }
    guard let token = list(result.pointee.n_tokens, result.pointee.tokens).first else { return true }
    let kind = token.pointee.keyword_kind
    return kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD && kind != PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD
  }
}
