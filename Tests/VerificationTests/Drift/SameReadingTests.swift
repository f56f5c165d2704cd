import Testing

@testable import Verification

@Suite("Texts of SQL that are read as the same")
struct SameReadingTests {
  @Test(
    "capitals, white space and the parentheses around the whole make no difference",
    arguments: [
      ("now()", "now()"), ("owner = current_user", "(owner = CURRENT_USER)"),
      ("  a\n  AND b", "((a and b))"), ("count ( x )", "COUNT(x)"), ("a<b", "(a < b)"),
      ("'It''s (so)'", "('It''s (so)')"), ("\"Own\" = 1", "(\"Own\"  =  1)"),
    ])
  func same(_ left: String, _ right: String) {
    #expect(SameReading.isSure(left, right))
    #expect(SameReading.isSure(right, left))
  }

  @Test(
    "whatever may be read otherwise is not sure",
    arguments: [
      ("'A'", "'a'"), ("\"A\"", "\"a\""), ("'a b'", "'ab'"), ("a b", "ab"), ("a < - b", "a <- b"),
      ("1 .5", "1.5"),
      ("(a) OR (b)", "a) OR (b"), ("(a OR b) AND c", "a OR b AND c"), ("a -- b", "a - - b"),
      ("b 'x'", "b'x'"),
      ("E'\\'' (", "(E'\\'' ()"), ("$$A$$", "$$a$$"), ("Ä", "ä"), ("a /* x */", "a/*x*/"),
      ("'(' = a", "(') = a"),
    ])
  func unsure(_ left: String, _ right: String) {
    #expect(!SameReading.isSure(left, right))
    #expect(!SameReading.isSure(right, left))
  }
}
