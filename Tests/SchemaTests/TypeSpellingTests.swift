import Schema
import Testing

@Suite("Type spellings")
struct TypeSpellingTests {
  @Test(
    "every spelling of a type becomes the one of format_type",
    arguments: [
      ("UUID", "uuid"), ("int", "integer"), ("int4", "integer"), ("INT8", "bigint"), ("bigserial", "bigint"),
      ("bool", "boolean"), ("float8", "double precision"), ("double  precision", "double precision"),
      ("varchar", "character varying"), ("varchar(255)", "character varying(255)"),
      ("character varying ( 255 )", "character varying(255)"), ("char", "character(1)"),
      ("char(3)", "character(3)"),
      ("decimal(10)", "numeric(10,0)"), ("numeric(10, 2)", "numeric(10,2)"), ("numeric", "numeric"),
      ("timestamptz", "timestamp with time zone"), ("timestamptz(3)", "timestamp(3) with time zone"),
      ("timestamp (3) with time zone", "timestamp(3) with time zone"), ("time", "time without time zone"),
      ("text[]", "text[]"), ("int4[][]", "integer[]"), ("varchar(9)[]", "character varying(9)[]"),
      ("pg_catalog.int4", "integer"), ("public.Mood", "public.mood"), ("public.\"Mood\"", "public.\"Mood\""),
      ("vector(1536)", "vector(1536)"), ("interval", "interval"),
    ])
  func canonical(spelling: String, expected: String) { #expect(TypeSpelling.canonical(spelling) == expected) }

  @Test(
    "a type of one's own agrees with itself with and without its schema, not with one of another schema",
    arguments: [
      ("mood", "public.mood", true), ("public.mood", "public.mood", true),
      ("auth.mood", "public.mood", false),
      ("mood", "public.temper", false), ("mood[]", "public.mood[]", true), ("mood", "public.mood[]", false),
      ("int", "integer", true), ("int", "bigint", false),
    ])
  func agreement(left: String, right: String, expected: Bool) {
    #expect(TypeSpelling.agree(left, right) == expected)
    #expect(TypeSpelling.agree(right, left) == expected)
  }
}
