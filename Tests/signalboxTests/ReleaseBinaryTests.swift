import Glibc
import Testing

@Suite("The release binary")
struct ReleaseBinaryTests {
  private static let path = HelixDatabase.repository + "/.build/release/signalbox"

  @Test(
    "is one file of less than 35 MB that takes only libpq and ncurses from the system",
    .enabled(if: access(path, X_OK) == 0, "it is built by `make test`"))
  func size() throws {
    let stripped = TemporaryFile()
    #expect(system("strip -o '\(stripped.path)' '\(Self.path)'") == 0)
    var status = stat()
    #expect(stat(stripped.path, &status) == 0)
    #expect(status.st_size < 35_000_000)

    let needed = TemporaryFile()
    #expect(system("readelf -d '\(Self.path)' | grep NEEDED > '\(needed.path)'") == 0)
    // What every C and C++ program needs, and libcrypto, which libpq brings along anyway.
    let allowed = [
      "libpq.so", "libncursesw.so", "libtinfo.so", "libcrypto.so", "libc.so", "libm.so", "libstdc++.so",
      "libgcc_s.so",
      "ld-linux",
    ]
    for line in needed.text.split(separator: "\n") {
      #expect(allowed.contains { line.contains("[\($0)") }, "\(line)")
    }
    #expect(!needed.text.contains("icu"))
  }
}
