import Catalog
import Console
import Display
import Migrations
import Postgres
import Report
import Rollout
import Verification

/// Performs what the console wants done, and answers with actions.
///
/// One piece of work of a kind at a time: a newer request for statuses or a plan makes an older answer worthless.
actor ConsoleEngine {
  private let projectPath: String
  private let leavesOutUnreadable: Bool
  private let targetOptions: TargetChoice
  private var configuration: Configuration
  /// The target that was gone to; nil for the one that the command line means.
  private var targetName: String?
  let post: @Sendable (ConsoleAction) -> Void
  private let watch: FileWatch?

  private(set) var loaded: LoadedProject?
  private(set) var session: TargetSession?
  private var reader: ScreenReader?
  private var assessment: Assessment?
  private var control: RunControl?
  private var foretold: (plan: Plan, forecast: AccessOutlook)?
  private var connecting: Task<Void, Never>?
  private(set) var assessing: Task<Void, Never>?
  private var assessments = 0
  private var running: Task<Void, Never>?
  var adopting: Adopting?

  /// Makes an engine; `post` hands an action to the console's loop from any thread.
  init(
    projectPath: String, leavesOutUnreadable: Bool, target: TargetChoice, configuration: Configuration,
    post: @escaping @Sendable (ConsoleAction) -> Void
  ) {
    self.projectPath = projectPath
    self.leavesOutUnreadable = leavesOutUnreadable
    self.targetOptions = target
    self.configuration = configuration
    self.post = post
    // Without a watch `R` reads what has changed.
    watch = FileWatch { post(.filesChanged) }
  }

  /// Performs one effect; returns at once where the work takes time.
  func perform(_ effect: ConsoleEffect) {
    switch effect {
    case .loadProject: loadProject()
    case .connect: connect()
    case .switchTarget(let name):
      targetName = name
      assessing?.cancel()
      assessment = nil
      connect()
    case .loadStatuses: assess()
    case .computePlan(let selection, let request): computePlan(selection, request)
    case .load(let request, let number): load(request, number)
    case .startRun(let plan, let mode): start(plan, mode)
    case .send(let command):
      guard let control else { return }
      Task { await control.post(command) }
    case .adopt(let ids): adopt(ids)
    case .copy, .openEditor, .keepCommand, .redraw, .setMouse, .suspend, .quit:
      // The loop's own: they touch the terminal.
      break
    }
  }

  /// Has new timeouts count for what is asked and run from now on.
  func take(_ configuration: Configuration) async {
    self.configuration = configuration
    await reader?.setTimeout(seconds: configuration.readTimeout.content)
  }

  /// Ends everything: a run is aborted and rolled back, the connection closed.
  func close() async {
    connecting?.cancel()
    assessing?.cancel()
    if let unknown = await endAdoption() { Output.error(unknown) }
    if let running {
      await control?.post(.abort)
      await running.value
    }
    await reader?.close()
    reader = nil
    await leave(session)
    session = nil
  }

  /// Closes a connection, without waiting for answers that nobody wants any more.
  private func leave(_ session: TargetSession?) async {
    if let unknown = await endAdoption() { post(.failed(Trouble(unknown))) }
    await session?.connection.giveUp(because: "the console has left this target")
  }

  private func load(_ request: ScreenRequest, _ number: Int) {
    guard let reader, let loaded else {
      post(
        .answered(
          request, number: number, .failure(Trouble("there is no connection yet", advice: "R tries again"))))
      return
    }
    Task { await reader.ask(request, number: number, about: loaded) }
  }

  private func loadProject() {
    Task {
      do {
        let loaded = try LoadedProject(path: projectPath, leavingOutUnreadable: leavesOutUnreadable)
        self.loaded = loaded
        watch?.set(loaded.project.directories)
        post(.projectLoaded(loaded.project, loaded.graph))
      } catch let error as ProjectError {
        watch?.set([projectPath])
        post(.projectFailed(error.problems))
      } catch {
        post(.projectFailed([ProjectProblem(code: "unreadable", message: "\(error)")]))
      }
    }
  }

  private func connect() {
    connecting?.cancel()
    connecting = Task {
      do {
        await reader?.close()
        reader = nil
        await leave(session)
        session = nil
        var target = try targetOptions.resolve(targetName, ProjectReader().declaredTargets(at: projectPath))
        // Who is in the way is said at once, on the screen; R looks again.
        target.lookTimeout = 0
        let fresh = try await TargetSession.connect(target)
        session = fresh
        reader = ScreenReader(
          target: target, runProcess: fresh.connection.server.processID,
          timeoutSeconds: configuration.readTimeout.content, post: post)
        post(.connected(try await fresh.summary()))
      } catch is CancellationError {
        return
      } catch {
        post(.connectionFailed(Trouble(error)))
      }
    }
  }

  private func assess() {
    assessing?.cancel()
    // What was known is not what is asked for: a plan waits for the new answer.
    assessment = nil
    assessments += 1
    let number = assessments
    // It writes over the same connection.
    let adoption = adopting?.task
    assessing = Task {
      defer { if assessments == number { assessing = nil } }
      await adoption?.value
      do {
        guard let loaded, let session else { return }
        let assessment = try await session.assess(loaded)
        let findings = try await session.findings(of: assessment)
        try Task.checkCancellation()
        self.assessment = assessment
        post(.statusesLoaded(assessment.statuses, findings: findings, catalog: assessment.snapshot))
      } catch is CancellationError {
        return
      } catch let error as PostgresError where error.isConnectionFailure {
        post(.connectionFailed(Trouble(error)))
      } catch {
        post(.statusesFailed(Trouble(error)))
      }
    }
  }

  /// What is known of the target; what is being read at the moment is awaited.
  private func currentAssessment() async -> Assessment? {
    // A newer request takes the place of the one that is awaited.
    while let task = assessing { await task.value }
    return assessment
  }

  private func computePlan(_ selection: [MigrationID], _ request: Int) {
    Task {
      guard let assessment = await currentAssessment() else {
        post(
          .planFailed(
            Trouble("the target could not be read", advice: "Esc, then R reads it again"), request: request))
        return
      }
      let plan = assessment.plan(selection)
      post(.planComputed(plan, request: request))
      lint(plan, assessment, request)
      await foretellAccess(of: plan, assessment.loaded.project, request)
    }
  }

  /// Finds out beside everything else what the lints say: in a large project that takes a moment.
  private nonisolated func lint(_ plan: Plan, _ assessment: Assessment, _ request: Int) {
    guard !plan.steps.isEmpty else { return }
    let post = post
    Task.detached(priority: .utility) {
      let project = assessment.loaded.project
      let applied = assessment.statuses.filter { $0.state == .applied }.map(\.id)
      let linter = Linter(
        options: project.lint, target: LintTarget(snapshot: assessment.snapshot, applied: Set(applied)))
      let findings = linter.findings(in: project, of: Set(plan.steps.map(\.migration.id)))
      post(.planLinted(findings, request: request))
    }
  }

  private func foretellAccess(of plan: Plan, _ project: Project, _ request: Int) async {
    guard let session, plan.problems.isEmpty, !plan.steps.isEmpty else { return }
    do {
      let forecast = try await session.accessForecast(of: plan, in: project)
      foretold = (plan, forecast)
      post(.accessForetold(forecast, request: request))
    } catch {
      // Nothing is announced then, and whatever widens on a protected target stops the run with a question.
      let forecast = AccessOutlook.unknown(of: plan, because: Trouble(error).message)
      foretold = (plan, forecast)
      post(.accessForetold(forecast, request: request))
    }
  }

  /// What a run of a plan may widen: on a protected target what was announced.
  private func accessLimit(of plan: Plan) -> AccessLimit? {
    guard session?.target.isProtected == true else { return nil }
    if let foretold, foretold.plan == plan { return AccessLimit(foretold.forecast) }
    return AccessLimit(AccessOutlook(.prediction, steps: []))
  }

  private func start(_ plan: Plan, _ mode: RunMode) {
    guard running == nil else {
      post(.runEnded(Trouble("a run is going on already")))
      return
    }
    let control = RunControl()
    self.control = control
    let post = post
    // Its transaction and those of the run must not get between each other.
    let adoption = adopting?.task
    running = Task {
      var trouble: Trouble?
      await adoption?.value
      do {
        guard let assessment = await currentAssessment(), let session else {
          throw Trouble("the target could not be read", advice: "R reads it again")
        }
        var launch = RunLaunch(
          assessment: assessment, plan: plan, mode: mode, isInteractive: true,
          lockTimeoutSeconds: configuration.lockTimeout.content)
        launch.accessLimit = accessLimit(of: plan)
        let reader = reader
        _ = try await session.unlocked { session in
          await reader?.follow(process: session.connection.server.processID)
          let inside = RunInside(
            connection: session.connection, scope: launch.assessment.loaded.project.snapshotScope)
          await reader?.enter(inside)
          var launch = launch
          launch.onCommitted = { inside.note(committed: $0) }
          return try await session.run(launch, control: control) { post(.runEvent($0)) }
        }
      } catch let known as Trouble {
        trouble = known
      } catch {
        trouble = Trouble(error)
      }
      await reader?.enter(nil)
      self.control = nil
      running = nil
      post(.runEnded(trouble))
    }
  }
}
