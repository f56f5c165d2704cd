import Console
import Display
import Glibc
import Migrations
import Testing

/// Keys, clicks and sizes that nobody chose; `SIGNALBOX_RANDOM_KEYS=100000` tries more of them.
@Suite("Whatever is pressed")
struct RandomKeysTests {
  /// Random numbers that are the same in every run.
  private struct Dice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, limit)))
    }
  }

  private static let count = getenv("SIGNALBOX_RANDOM_KEYS").flatMap { Int(String(cString: $0)) } ?? 4_000

  private static let codes: [Key.Code] = [
    .enter, .escape, .tab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
    .pageDown, .function(1), .function(5), .character(" "), .character("é"), .character("界"),
    .character("👩‍👩‍👧"), .character("\u{202E}"),
  ]

  private static func key(_ dice: inout Dice) -> Key {
    if dice.below(3) == 0 {
      return Key(codes[dice.below(codes.count)], dice.below(8) == 0 ? .shift : [])
    }
    let scalar = Unicode.Scalar(UInt8(0x21 + dice.below(0x5E)))
    return Key(.character(Character(scalar)), dice.below(6) == 0 ? .control : [])
  }

  private static func action(_ dice: inout Dice) -> ConsoleAction {
    switch dice.below(40) {
    case 0: .resized(Size(columns: dice.below(260), rows: dice.below(90)))
    case 1: .mouse(MouseEvent(.press, at: Point(column: dice.below(130), row: dice.below(40))))
    case 2: .mouse(MouseEvent(.wheelDown, at: Point(column: dice.below(130), row: dice.below(40))))
    case 3: .tick
    case 4: .filesChanged
    default: .key(key(&dice))
    }
  }

  /// Answers as an engine would, now and then only.
  private static func answer(_ effect: ConsoleEffect, _ session: inout Session) {
    switch effect {
    case .loadProject: session.post(.projectLoaded(HelixFixture.project, HelixFixture.graph))
    case .connect, .switchTarget: session.post(.connected(HelixFixture.server))
    case .loadStatuses:
      session.post(.statusesLoaded(HelixFixture.statuses(), findings: HelixFixture.findings))
    case .computePlan(_, let request): session.post(.planComputed(HelixFixture.plan(), request: request))
    case .load(let request, let number):
      session.post(.answered(request, number: number, .failure(Trouble("nobody answers"))))
    case .startRun(_, let mode):
      session.event(.runStarted(run: 1, mode: mode, migrations: HelixFixture.pending))
    case .send(.abort):
      session.event(.runFinished(.aborted))
      session.post(.runEnded(nil))
    case .quit: session = Session.ready()
    case .send, .adopt, .copy, .keepCommand, .openEditor, .setMouse, .redraw, .suspend: break
    }
  }

  @Test("the console goes on, and every frame fits its screen", arguments: [UInt64(1), 20_261_121])
  func keys(seed: UInt64) {
    var dice = Dice(state: seed)
    var session = Session.ready()
    for number in 0..<Self.count / 2 {
      session.post(Self.action(&dice))
      for effect in session.effects { Self.answer(effect, &session) }
      if number % 7 == 0 { #expect(session.frame.size == session.state.size) }
    }
    session.post(.resized(Size(columns: 120, rows: 36)))
    #expect(session.frame.size == Size(columns: 120, rows: 36))
  }
}
