import Testing

@testable import Report

@Suite("The report as HTML")
struct HTMLRendererTests {
  private func html(_ blocks: ReportBlock...) -> String {
    HTMLRenderer(title: "<T> & \"co\"", generator: "g'").text(of: blocks)
  }

  @Test("everything foreign is escaped, wherever it stands")
  func escaping() {
    let evil = "<img src=x onerror=alert(1)> & \"q\" 'a'"
    let text = ReportText(evil)
    let page = html(
      .heading(1, text), .heading(2, text), .paragraph("\(evil) \(code: evil) \(strong: evil)"),
      .list([text]),
      .steps([text]), .checklist([.init(isDone: true, text: text)]),
      .table(.init(headings: [evil], rows: [[text]])), .code(evil, language: "sql"),
      .folded(text, [.paragraph(text)]))
    #expect(!page.contains("<img"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;q&quot; &#39;a&#39;"))
    #expect(page.contains("<title>&lt;T&gt; &amp; &quot;co&quot;</title>"))
    #expect(page.contains("content=\"g&#39;\""))
  }

  @Test("the page is one file: no scripts, nothing from elsewhere, light and dark")
  func selfContained() {
    let page = html(.heading(1, "Title"))
    for word in ["<script", "http://", "https://", "@import", "url(", " src=", "<link"] {
      #expect(!page.contains(word))
    }
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("prefers-color-scheme: dark"))
  }

  @Test("the contents lead to the sections")
  func contents() {
    let page = html(.heading(1, "Title"), .heading(2, "One"), .heading(3, "Below"), .heading(2, "Two"))
    #expect(page.contains("<a href=\"#section-1\">One</a>"))
    #expect(page.contains("<h2 id=\"section-2\">Two</h2>"))
    #expect(!page.contains("section-3"))
  }

  @Test("boxes are ticked where a check passed")
  func checklist() {
    let page = html(.checklist([.init(isDone: true, text: "yes"), .init(isDone: false, text: "no")]))
    #expect(page.contains("<input type=\"checkbox\" disabled checked> yes"))
    #expect(page.contains("<input type=\"checkbox\" disabled> no"))
  }

  @Test("control characters and turned text become harmless")
  func harmless() {
    #expect(html(.paragraph(ReportText("a\u{1B}[31m\u{202E}b"))).contains("<p>a\u{FFFD}[31m\u{FFFD}b</p>"))
  }
}
