import Testing

@testable import Report

@Suite("Foreign text in Markdown")
struct MarkdownEscapeTests {
  @Test(
    "running text is read as it is",
    arguments: [
      ("*bold* _slanted_ `code`", "\\*bold\\* \\_slanted\\_ \\`code\\`"),
      (
        "user_id stays readable, _applied does not slant", "user_id stays readable, \\_applied does not slant"
      ),
      ("<script>alert(1)</script> &amp;", "\\<script\\>alert(1)\\</script\\> \\&amp;"),
      ("[a](b) ~~c~~ $x$ \\", "\\[a\\](b) \\~\\~c\\~\\~ \\$x\\$ \\\\"),
      ("two\nlines\tand a tab", "two lines and a tab"), (":smile: at 14:13:36", "\\:smile: at 14:13:36"),
      ("bell \u{7} and \u{202E}turned", "bell \u{FFFD} and \u{FFFD}turned"), ("CR\r\nLF", "CR LF"),
    ])
  func text(_ text: String, _ expected: String) { #expect(MarkdownEscape.text(text) == expected) }

  @Test(
    "code has a fence that its own backticks cannot end",
    arguments: [
      ("plain", "`plain`"), ("a`b", "``a`b``"), ("`quoted`", "`` `quoted` ``"), ("a``b`c", "```a``b`c```"),
      ("two\nlines", "`two lines`"), (" ", ""), ("*not bold*", "`*not bold*`"),
    ])
  func code(_ code: String, _ expected: String) { #expect(MarkdownEscape.code(code) == expected) }

  @Test("a pipe ends no cell, not even in code")
  func table() {
    let table = ReportBlock.Table(
      headings: ["A|B", "C"],
      rows: [["x | y", .code("a || b")], [.lines(["one", "two"]), "\(code: "t`|`")"]])
    #expect(
      MarkdownRenderer().text(of: [.table(table)]) == """
        | A\\|B | C |
        | --- | --- |
        | x \\| y | `a \\|\\| b` |
        | one<br>two | `` t`\\|` `` |

        """)
  }

  @Test(
    "no line begins a heading, list or rule by accident",
    arguments: [
      ("# no", "\\# no"), ("- no", "\\- no"), ("1. no", "1\\. no"), ("2026 was", "2026 was"), ("+", "\\+"),
    ])
  func lineStart(_ text: String, _ expected: String) {
    #expect(MarkdownRenderer().text(of: [.paragraph(ReportText(text))]) == expected + "\n")
  }

  @Test("a block of code has a fence longer than any in it")
  func codeBlock() {
    #expect(
      MarkdownRenderer().text(of: [.code("```\nDROP\n```", language: "sql")])
        == "````sql\n```\nDROP\n```\n````\n")
  }

  @Test("what is folded has its title escaped as HTML")
  func folded() {
    let text = MarkdownRenderer().text(of: [.folded("a < b", [.paragraph("in")])])
    #expect(text == "<details>\n<summary>a &lt; b</summary>\n\nin\n\n</details>\n")
  }
}
