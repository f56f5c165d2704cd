import Display
import Verification

extension AccessValue {
  /// The sign of the value, as `docs/access.md` explains it.
  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .all: glyphs.isASCII ? "A" : glyphs.filledCircle
    case .own: glyphs.isASCII ? "o" : glyphs.halfCircle
    case .some: glyphs.isASCII ? "s" : "◔"
    case .noGrant: glyphs.dash
    case .noPolicy: glyphs.isASCII ? "." : glyphs.middleDot
    case .bypass: glyphs.isASCII ? "B" : "◎"
    case .error: "!"
    case .impossible: glyphs.isASCII ? "x" : "×"
    }
  }

  var role: Role {
    switch self {
    case .all: .warning
    case .own: .success
    case .some: .information
    case .noGrant, .noPolicy, .impossible: .muted
    case .bypass: .stateChanged
    case .error: .danger
    }
  }

  /// Its word in the legend.
  var word: Text {
    switch self {
    case .all: "all"
    case .own: "own"
    case .some: "some"
    case .noGrant: "no grant"
    case .noPolicy: "no policy"
    case .bypass: "bypass"
    case .error: "fails"
    case .impossible: "impossible"
    }
  }
}

extension ProbeReport.Verdict {
  var role: Role {
    switch self {
    case .isolated: .success
    case .leaks: .warning
    case .blocked: .text
    case .allowed: .text
    case .error: .danger
    case .untried: .muted
    }
  }

  /// What the verdict means.
  var explanation: String {
    switch self {
    case .isolated: "the user reaches the own row and not the other's"
    case .leaks: "a row of somebody else is reached"
    case .blocked: "neither row is reached"
    case .allowed: "the command works: no row security stands before it"
    case .error: "the command fails"
    case .untried: "it could not be tried"
    }
  }
}

extension AccessCommand {
  /// The letter over its column.
  var letter: Text {
    switch self {
    case .select: "S"
    case .insert: "I"
    case .update: "U"
    case .delete: "D"
    case .execute: "X"
    case .usage: "G"
    }
  }
}
