import CNcurses

/// The description of a terminal in the terminfo database that fits best.
///
/// New terminals bring names that an old database does not know (`xterm-kitty`, `alacritty`); nearly all of them
/// understand what xterm does.
struct TerminalType: Sendable, Hashable {
  var name: String

  static let fallbacks = ["xterm-256color", "xterm", "vt100"]

  /// Chooses the first type that the database knows, and refuses one that cannot place the cursor.
  ///
  /// `isKnown` answers nil for a name without a description, else whether it can place the cursor.
  static func choose(
    named wanted: String?, isKnown: (String) -> Bool? = TerminalType.canPlaceCursor
  ) throws(TerminalError) -> TerminalType {
    let wanted = wanted.flatMap { $0.isEmpty ? nil : $0 }
    for name in [wanted].compactMap({ $0 }) + fallbacks {
      guard let canPlaceCursor = isKnown(name) else { continue }
      guard canPlaceCursor else {
        throw TerminalError(
          .unknownTerminal, "a terminal of type \(name) cannot place the cursor",
          advice: "Use a terminal emulator, or a command such as \"signalbox status\" that prints its result."
        )
      }
      return TerminalType(name: name)
    }
    throw TerminalError(
      .unknownTerminal,
      "the terminal type \(wanted ?? "(TERM is not set)") is unknown, and so is every common one",
      advice: "Install the descriptions with: sudo apt-get install ncurses-base")
  }

  private static func canPlaceCursor(_ name: String) -> Bool? {
    var status: Int32 = 0
    // With a place for the status, a failure is returned; without one, ncurses would end the process.
    guard setupterm(name, 1, &status) == OK || status == 1 else {
      return status == 0 && isGeneric(name) ? false : nil
    }
    return curses_capability("cup") != nil
  }

  // ncurses says "not found" and "generic" with the same status; these are the generic ones that exist.
  private static func isGeneric(_ name: String) -> Bool {
    ["dumb", "unknown", "network", "dialup"].contains(name)
  }
}
