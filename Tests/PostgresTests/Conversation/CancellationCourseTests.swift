import Testing

@testable import Postgres

@Suite("The course of a cancellation")
struct CancellationCourseTests {
  @Test("sends a request only while the statement is on the wire")
  func onWire() {
    var course = CancellationCourse()
    #expect(course.sent() == false)
    #expect(course.request() == true)
    #expect(course.phase == .firing)
  }

  @Test("remembers a request that comes before the statement is sent")
  func early() {
    var course = CancellationCourse()
    #expect(course.request() == false)
    #expect(course.phase == .beforeSend(requested: true))
    #expect(course.sent() == true)
  }

  @Test("sends one request however often it is asked")
  func once() {
    var course = CancellationCourse()
    _ = course.sent()
    #expect(course.request() == true)
    #expect(course.request() == false)
    course.cameBack()
    #expect(course.request() == false)
  }

  @Test("sends none once the statement is over")
  func late() {
    var course = CancellationCourse()
    _ = course.sent()
    course.end()
    #expect(course.request() == false)
    #expect(course.phase == .over)
  }

  @Test("is over at once where nobody waits any more, whatever is under way")
  func abandoned() {
    var course = CancellationCourse()
    _ = course.sent()
    _ = course.request()
    course.abandon()
    #expect(course.phase == .over)
    course.cameBack()
    #expect(course.phase == .over)
  }

  @Test("does not end while a request is under way")
  func underWay() {
    var course = CancellationCourse()
    _ = course.sent()
    _ = course.request()
    course.end()
    #expect(course.phase == .firing)
    course.cameBack()
    course.end()
    #expect(course.phase == .over)
  }
}
