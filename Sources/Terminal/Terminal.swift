import CNcurses
import CTerminal
public import Display
import Glibc

/// The terminal as a screen that shows frames and gives keys; the only place that ncurses is called from.
///
/// ncurses keeps its state in globals: there is one of these at a time, and it is used from one thread, the one that runs
/// the ``TerminalLoop``. The terminal is given back as it was after ``close()``, and also after a crash or `exit`.
public final class Terminal {
  /// The name of the description in use, after falling back: `xterm-256color`.
  public let type: String
  /// How many colours are used; themes are quantised to it.
  public let colourDepth: ColourDepth
  /// The symbols that the locale can show.
  public let glyphs: Glyphs
  /// How large the screen is; it changes with a ``TerminalEvent/resized(_:)``.
  public private(set) var size: Size

  private let files: TerminalFiles
  private let modes: termios
  private let farewell: Farewell
  private let screen: OpaquePointer
  private let keys: UnsafeMutablePointer<WINDOW>
  private var painter: FramePainter
  private var decoder = InputDecoder()
  private var isShown = true
  private var isOpen = true
  private var hasMouse = false

  /// What a terminal's signals become bytes on, for the loop.
  let signals: Int32
  /// What the loop waits on for keys.
  var input: Int32 { files.inputDescriptor }

  /// Opens the terminal that this process was started on and shows an empty screen.
  ///
  /// Throws a ``TerminalError`` if there is none, or none that can place a cursor; nothing was changed then.
  public static func open(_ options: TerminalOptions) throws(TerminalError) -> Terminal {
    try Terminal(files: try TerminalFiles.standard(), options: options)
  }

  init(files: TerminalFiles, options: TerminalOptions) throws(TerminalError) {
    self.files = files
    let encoding = TextEncoding.adopt(environment: options.environment)
    do throws(TerminalError) {
      modes = try files.modes()
      type = try TerminalType.choose(named: options.environment["TERM"]).name
    } catch {
      files.close()
      throw error
    }
    glyphs = encoding == .utf8 ? .unicode : .ascii

    // Before ncurses, which takes SIGINT, SIGTERM, SIGTSTP and SIGWINCH only where nobody has.
    signals = signal_pipe_open(Self.watchedSignals, Int32(Self.watchedSignals.count))
    guard signals >= 0 else {
      let error = systemFailure("watch the terminal's signals")
      files.close()
      throw error
    }
    farewell = Farewell.ofCurrentTerminal()
    guard Self.arm(files, modes, farewell), let screen = newterm(type, files.output, files.input),
      let keys = newpad(1, 1)
    else {
      let error = TerminalError(.systemFailure, "ncurses cannot set up a terminal of type \(type)")
      crash_guard_disarm()
      signal_pipe_close()
      files.close()
      throw error
    }
    self.screen = screen
    // Keys are read from a pad: reading from the standard screen would refresh it.
    self.keys = keys
    raw()
    noecho()
    nonl()
    set_escdelay(25)
    // Else an update would be broken off while keys wait.
    typeahead(-1)
    keypad(keys, true)
    nodelay(keys, true)
    // The description's beginning of a mouse report would be taken for a key, and the rest of it for typed letters.
    for beginning in ["\u{1B}[<", "\u{1B}[M"] { define_key(beginning, 0) }
    curs_set(0)
    let colours = ColourNumbers(wanted: options.wantsColours)
    colourDepth = colours.depth
    painter = FramePainter(colours: colours, encoding: encoding)
    size = Size(columns: Int(curses_columns()), rows: Int(curses_rows()))
    setPasteMarks(true)
    measure()
  }

  deinit { close() }

  /// Shows a frame, sending what differs from the last one.
  public func draw(_ frame: Frame) {
    guard isShown else { return }
    painter.paint(frame)
  }

  /// Draws the next frame as a whole, over whatever another program has left on the screen.
  public func forgetScreen() { painter.forget() }

  /// Gives the terminal back as it was; a second call does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    hide()
    delwin(keys)
    delscreen(screen)
    signal_pipe_close()
    files.close()
  }

  /// Stops this process as ^Z does, and shows the screen again when it goes on.
  ///
  /// The size may have changed in between, and the screen is empty: draw a frame after it.
  public func suspend() {
    hide()
    signal_pipe_stop_group()
    show()
  }

  /// Runs `body`, which uses the terminal itself (an editor, a pager), and shows the screen again.
  public func withoutScreen<Result>(_ body: () throws -> Result) rethrows -> Result {
    hide()
    defer { show() }
    return try body()
  }

  /// Puts a text into the clipboard of the terminal's user, also over ssh (OSC 52); false if it is too long.
  ///
  /// Nobody can tell whether the terminal allows it.
  public func copy(_ text: String) -> Bool {
    guard let sequence = ClipboardSequence(text, isInsideTmux: getenv("TMUX") != nil) else { return false }
    write(sequence.bytes)
    return true
  }

  /// Has buttons and wheel of the mouse reported, or leaves them to the terminal, which then selects text.
  ///
  /// A terminal that has no mouse ignores it.
  public func setMouse(_ isOn: Bool) {
    hasMouse = isOn
    guard isShown else { return }
    write(Array((isOn ? MouseSequence.on : MouseSequence.off).utf8))
    _ = Self.arm(files, modes, farewellNow)
  }

  /// What is said at the end: a shell must not get reports of the mouse.
  private var farewellNow: Farewell {
    var farewell = farewell
    if hasMouse { farewell.bytes = Array(MouseSequence.off.utf8) + farewell.bytes }
    return farewell
  }

  /// Everything that was put in since the last time, and whether there was anything to read at all.
  ///
  /// Drains ncurses until it has no more: its own queue is invisible to `poll`.
  func readInput() -> (inputs: [TerminalInput], hasRead: Bool) {
    var inputs: [TerminalInput] = []
    var hasRead = false
    while true {
      var value: wint_t = 0
      let status = wget_wch(keys, &value)
      if status == ERR { break }
      hasRead = true
      if status == KEY_CODE_YES {
        if let key = CursesKeys.key(code: Int32(bitPattern: value)) { inputs += decoder.decode(.key(key)) }
      } else if let scalar = Unicode.Scalar(value) {
        inputs += decoder.decode(.character(scalar))
      }
    }
    return (inputs + decoder.decode(.pause), hasRead)
  }

  /// Takes over the size that the terminal has now.
  func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if terminal_size(files.outputDescriptor, &columns, &rows) == 0,
      Size(columns: Int(columns), rows: Int(rows)) != size
    {
      resize_term(rows, columns)
      size = Size(columns: Int(curses_columns()), rows: Int(curses_rows()))
    }
    painter.forget()
  }

  /// Shows the screen again after something else has set the terminal's modes.
  func show() {
    guard isOpen else { return }
    isShown = true
    // After a stop that could not be seen coming ncurses believes that its modes still hold; leaving the screen makes it
    // set everything anew. Leaving it twice would put the cursor back over what the shell has written since.
    if !isendwin() { endwin() }
    _ = Self.arm(files, modes, farewellNow)
    if hasMouse { write(Array(MouseSequence.on.utf8)) }
    clearok(curses_current_screen(), true)
    wnoutrefresh(curses_standard_screen())
    doupdate()
    setPasteMarks(true)
    measure()
  }

  private func hide() {
    guard isShown else { return }
    isShown = false
    setPasteMarks(false)
    if hasMouse { write(Array(MouseSequence.off.utf8)) }
    endwin()
    var modes = modes
    tcsetattr(files.outputDescriptor, TCSADRAIN, &modes)
    crash_guard_disarm()
  }

  private func setPasteMarks(_ on: Bool) {
    if let sequence = capability(on ? "BE" : "BD") { write(Array(Farewell.withoutPadding(sequence).utf8)) }
  }

  // Bytes that ncurses does not know of; it has always flushed its own by the end of an update.
  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(files.outputDescriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // A terminal that is gone is noticed by the loop.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func arm(_ files: TerminalFiles, _ modes: termios, _ farewell: Farewell) -> Bool {
    var modes = modes
    return crash_guard_arm(files.outputDescriptor, &modes, farewell.bytes, farewell.bytes.count) == 0
  }

  private static let watchedSignals = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]
}
