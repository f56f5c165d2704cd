import Testing

@testable import Verification

@Suite("View queries")
struct ViewQueryTests {
  @Test("the condition and the source of one SELECT, behind the view's options")
  func condition() {
    let query = ViewQuery(
      "WITH (security_barrier=true) AS\n SELECT m.id FROM (public.m JOIN public.t ON ((t.id = m.id)))\n WHERE (m.user_id = 1) ORDER BY m.id;"
    )
    #expect(query.source == ["public", "m"])
    #expect(query.condition == ExpressionItem.items(of: "(m.user_id = 1)"))
    #expect(query.joinsInside)
  }

  @Test("what is not one SELECT has neither, and outer joins are not inner ones")
  func others() {
    #expect(
      ViewQuery("AS\n SELECT 1 FROM public.a UNION ALL SELECT 2 FROM public.b WHERE x;").condition == nil)
    #expect(ViewQuery("AS\n WITH a AS (SELECT 1) SELECT 1 FROM public.a WHERE x;").source == nil)
    #expect(!ViewQuery("AS\n SELECT 1 FROM (public.a LEFT JOIN public.b ON (true));").joinsInside)
  }
}
