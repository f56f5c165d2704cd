import Display
import Testing

@testable import Console

@Suite("the layout of expressions")
struct ExpressionLayoutTests {
  private func lines(_ text: String, columns: Int = 40) -> [String] {
    ExpressionLayout(text).lines(columns: columns).map(\.string)
  }

  @Test("what fits stays in one line, with its line ends and blanks made one")
  func short() {
    #expect(lines("(user_id\n     = auth.uid())") == ["(user_id = auth.uid())"])
  }

  @Test("AND, OR and sub-selects begin lines, as deep as the width asks")
  func broken() {
    let text =
      "((user_id = auth.uid()) OR (EXISTS ( SELECT 1\n   FROM public.members m\n  WHERE ((m.org = t.org) AND (m.user_id = auth.uid())))))"
    #expect(
      lines(text) == [
        "(user_id = auth.uid())", "OR (", "  EXISTS (", "    SELECT 1", "    FROM public.members m",
        "    WHERE (",
        "      (m.org = t.org)", "      AND (m.user_id = auth.uid())", "    )", "  )", ")",
      ])
  }

  @Test("what stands in quotes is left alone, and BETWEEN keeps its AND")
  func quotes() {
    #expect(
      lines("((note = 'this  AND that (') AND (age BETWEEN 18 AND 99))") == [
        "(note = 'this  AND that (')", "AND (age BETWEEN 18 AND 99)",
      ])
  }

  @Test("thousands of levels are no trouble")
  func deep() {
    let text = String(repeating: "(a || ", count: 1_000) + "b" + String(repeating: ")", count: 1_000)
    #expect(lines(text).count > 100)
  }
}
