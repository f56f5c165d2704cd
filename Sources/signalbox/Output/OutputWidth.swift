import Glibc

/// How many cells a line of standard output has.
enum OutputWidth {
  /// The terminal's width, else `$COLUMNS`, else 100; at least 40.
  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(40, Int(size.ws_col))
    }
    return max(40, Environment.variable("COLUMNS").flatMap { Int($0) } ?? 100)
  }
}
