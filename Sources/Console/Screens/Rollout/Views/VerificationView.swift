import Display

/// The evidence for the migration under the cursor.
struct VerificationView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area else { return }
    let isFocused = state.rollout.focus == .verification
    let inside = canvas.pane(area, title: "Verification", isFocused: isFocused)
    guard !inside.isEmpty else { return }
    let content = VerificationContent(state, columns: inside.columns)
    let last = min(content.count, state.rollout.verificationTop + inside.rows)
    let visible = state.rollout.verificationTop..<max(state.rollout.verificationTop, last)
    canvas.draw(visible.lazy.map { content[$0] }, in: inside)
    canvas.scrollBar(
      beside: inside, top: state.rollout.verificationTop, count: content.count,
      style: isFocused ? .borderFocused : .border)
  }
}
