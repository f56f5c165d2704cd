import Display
import Testing

@Suite("transcript of frames")
struct FrameTranscriptTests {
  private let size = Size(columns: 20, rows: 4)

  private func frame(_ lines: String..., style: Style = .plain) -> Frame {
    var frame = Frame(size: size)
    for (row, line) in lines.enumerated() {
      frame.write(Text(foreign: line), at: Point(column: 0, row: row), style: style)
    }
    return frame
  }

  @Test("the first frame clears the screen and writes every row")
  func first() {
    var transcript = FrameTranscript()
    let output = transcript.output(for: frame("one", "two"))
    #expect(output.hasPrefix("\u{1B}[?25l\u{1B}[0m\u{1B}[2J\u{1B}[1;1H"))
    #expect(output.contains("two"))
  }

  @Test("a frame that is the same needs nothing")
  func same() {
    var transcript = FrameTranscript()
    _ = transcript.output(for: frame("one"))
    #expect(transcript.output(for: frame("one")).isEmpty)
  }

  @Test("only what has changed is written")
  func change() {
    var transcript = FrameTranscript()
    _ = transcript.output(for: frame("one", "two"))
    #expect(transcript.output(for: frame("one", "tzo")) == "\u{1B}[2;2H\u{1B}[0mz\u{1B}[0m")
  }

  @Test("changes far from each other are written apart, near ones together")
  func stretches() {
    var transcript = FrameTranscript()
    _ = transcript.output(for: frame("aaaaaaaaaaaaaaaaaaaa"))
    let output = transcript.output(for: frame("baaabaaaaaaaaaaaaaab"))
    #expect(output.contains("\u{1B}[1;1H\u{1B}[0mbaaab\u{1B}[1;20Hb"))
  }

  @Test("a wide character is written whole when its second half changes")
  func wide() {
    var transcript = FrameTranscript()
    _ = transcript.output(for: frame("a日"))
    let output = transcript.output(for: frame("a本"))
    #expect(output.contains("\u{1B}[1;2H\u{1B}[0m本"))
  }

  @Test("colours and marks are ECMA-48's and xterm's")
  func graphics() {
    var transcript = FrameTranscript()
    let style = Style(
      foreground: .ansi(.brightRed), background: .palette(200), attributes: [.bold, .underline])
    let output = transcript.output(for: frame("x", style: style))
    #expect(output.contains("\u{1B}[0;1;4;91;48;5;200mx"))
    let colour = Style(foreground: .rgb(red: 1, green: 2, blue: 3), background: .ansi(.blue))
    #expect(transcript.output(for: frame("y", style: colour)).contains("\u{1B}[0;38;2;1;2;3;44my"))
  }

  @Test("the cursor is shown where it stands, and hidden when it goes")
  func cursor() {
    var transcript = FrameTranscript()
    var typing = frame("/tele")
    typing.cursor = Point(column: 5, row: 0)
    #expect(transcript.output(for: typing).hasSuffix("\u{1B}[1;6H\u{1B}[?25h"))
    #expect(transcript.output(for: frame("/tele")) == "\u{1B}[?25l")
  }

  @Test("a frame of another size begins anew")
  func resized() {
    var transcript = FrameTranscript()
    _ = transcript.output(for: frame("one"))
    let output = transcript.output(for: Frame(size: Size(columns: 10, rows: 2)))
    #expect(output.contains("\u{1B}[2J"))
  }
}
