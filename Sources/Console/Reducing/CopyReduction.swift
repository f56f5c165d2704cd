import Migrations
import Script

/// What is under the cursor, for the clipboard and the editor.
extension ConsoleState {
  var fileUnderCursor: FileLocation? {
    switch overlays.last {
    case .failure(let failure):
      if let location = failure.message.location { return location }
      return location(of: failure.migration, statement: failure.statement)
    case .statement(let overlay): return location(of: overlay.migration, statement: overlay.index)
    default: return shown.fileUnderCursor(self)
    }
  }

  var textUnderCursor: String? {
    switch overlays.last {
    case .statement(let overlay): return statement(overlay.index, of: overlay.migration)?.text
    case .text(let overlay): return overlay.copied
    case .rows(let overlay): return overlay.rowUnderCursor
    case .replay(let overlay): return overlay.current.map { $0.text ?? $0.words }
    case .diagram(let overlay): return overlay.text(glyphs)
    default: break
    }
    return shown.textUnderCursor(self)
  }
}

extension Reduction {
  mutating func copy() {
    guard let text = state.textUnderCursor else { return }
    effects.append(.copy(text))
    note(.information, "copied \(Amounts.count(text.count, "character"))")
  }

  mutating func openEditor() {
    if let location = state.fileUnderCursor { effects.append(.openEditor(location)) }
  }
}
