import Processes

/// The shell script that makes, starts, stops and removes a cluster, and the command that runs it.
///
/// A script and not Swift, because it must outlive the process that started it: in the mode `guard` it is the watcher
/// that waits for its owner's end (the other side of its standard input is closed, by whatever death) and then cleans up.
/// One script does the whole life, so that there is no moment at which a server runs that nobody would stop.
struct ServerScript: Sendable, Hashable {
  /// What one run of the script does.
  enum Mode: String, Sendable {
    /// Make, start, wait for the owner's end, stop, remove.
    case `guard`
    /// Make and start; the server stays.
    case start
    /// Stop and remove.
    case stop
  }

  var directory: ClusterDirectory
  var binaries: ServerBinaries
  var account: ServerAccount
  var environment: [String: String]

  static let ready = "ready"

  /// Runs a mode that ends by itself; true if it reported success.
  func complete(_ mode: Mode) async throws(SandboxError) -> Bool {
    let (ours, child) = try startTalking(mode)
    let answer = try await onPlainThread { ours.readText(untilLineEnd: true) }
    _ = try await child.waitForExit()
    return answer == Self.ready
  }

  /// Starts a mode in a session of its own, its input and output on one socket, of which the other end is returned.
  func startTalking(_ mode: Mode) throws(SandboxError) -> (Descriptor, ChildProcess) {
    let (ours, theirs) = try Descriptor.pair()
    let launch = ProcessLaunch(
      "/bin/sh",
      ["-c", Self.text, "signalbox-sandbox", mode.rawValue, directory.path, binaries.directory]
        + account.prefix,
      environment: serverEnvironment(environment), input: .descriptor(theirs.number),
      output: .descriptor(theirs.number), leadsSession: true)
    let child = try withExtendedLifetime(theirs) { () throws(SandboxError) in try ChildProcess.start(launch) }
    return (ours, child)
  }

  /// The script; its arguments are mode, directory, directory of the programs, then the words before a command.
  ///
  /// The removal refuses every path that is not a directory made by us: absolute, without `..`, named as ours, with our
  /// mark in it, and not a link. A process is stopped only if it works in our data directory: the number in a stale
  /// `postmaster.pid` may be somebody else's by now. Signals end the wait instead of killing the script, which would leave the server behind.
  static let text = #"""
    set -u
    umask 077
    exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
    mode=$1 directory=$2 binaries=$3
    shift 3
    data=$directory/data log=$directory/log
    trap : HUP INT TERM PIPE

    is_ours() {
      case "$directory" in */../*|*/..|*//*) return 1 ;; esac
      case "$directory" in /*/signalbox-*) ;; *) return 1 ;; esac
      case "${directory##*/}" in signalbox-*) ;; *) return 1 ;; esac
      [ -d "$directory" ] && [ ! -L "$directory" ] && [ -f "$directory/signalbox-sandbox" ]
    }

    start_server() {
      "$@" "$binaries/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >>"$log" 2>&1 &&
      cat "$directory/settings" >>"$data/postgresql.conf" &&
      "$@" "$binaries/pg_ctl" start -D "$data" -l "$log" -w -t 60 -s >>"$log" 2>&1 </dev/null
    }

    stop_server() {
      read -r server <"$data/postmaster.pid" || return 0
      [ "/proc/$server/cwd" -ef "$data" ] || return 0
      "$@" "$binaries/pg_ctl" stop -D "$data" -m immediate -w -t 20 -s >>"$log" 2>&1 </dev/null && return 0
      kill -KILL "$server"
    }

    remove_directory() {
      cd /
      is_ours && rm -rf -- "$directory"
    }

    is_ours || { echo refused; exit 1; }
    cd "$directory" || exit 1
    case "$mode" in
    guard)
      if start_server "$@"; then echo ready; else echo failed; fi
      while read -r ignored; do :; done
      stop_server "$@"
      remove_directory ;;
    start)
      if start_server "$@"; then echo ready; else echo failed; exit 1; fi ;;
    stop)
      stop_server "$@"
      if remove_directory; then echo ready; else echo failed; exit 1; fi ;;
    esac
    """#
}
