import CCrypto

/// What Atlas computes of a file: SHA-256 in base64 of the names and bytes of all files up to it, in order of their names.
enum CumulativeDigests {
  /// The digests of those migrations that can run and stand in one directory; none for others.
  static func of(_ migrations: [Migration]) -> [MigrationID: String] {
    let files = migrations.filter { $0.isRunnable && $0.digests?.isOfFlatDirectory == true }.map {
      (id: $0.id, name: Path.lastName($0.file), bytes: $0.digests?.bytes ?? [])
    }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    // Each digest goes on where that of the file before it ended: ending a copy leaves the sum itself open.
    guard let sum = EVP_MD_CTX_new(), let copy = EVP_MD_CTX_new() else { return [:] }
    defer {
      EVP_MD_CTX_free(sum)
      EVP_MD_CTX_free(copy)
    }
    EVP_DigestInit_ex(sum, EVP_sha256(), nil)
    var digests: [MigrationID: String] = [:]
    for file in files {
      let name = Array(file.name.utf8)
      EVP_DigestUpdate(sum, name, name.count)
      EVP_DigestUpdate(sum, file.bytes, file.bytes.count)
      var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
      EVP_MD_CTX_copy_ex(copy, sum)
      EVP_DigestFinal_ex(copy, &digest, nil)
      digests[file.id] = Digest.base64(digest)
    }
    return digests
  }
}
