"""What the benchmarks have in common: programs that are asked one at a time, the machine, and the place of the result."""
import atexit
import datetime
import glob
import json
import os
import platform
import signal
import subprocess
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get("OTAP_SHARED", os.path.join(os.path.dirname(HOME), "shared"))
VENV = os.path.join(HOME, "benchmarks", "target", "venv")
PACKAGES = ["duckdb==2.0.0", "pyarrow==26.0.1", "polars==2.1.0", "datafusion==55.0.0"]


class Program:
    """A process pinned to cores that answers each line with a line of JSON, and first says hello with one. While it is not asked it is
    stopped, so that what it would do meanwhile, as compiling, takes no time from the others."""

    def __init__(self, command, cores):
        self.process = subprocess.Popen(["taskset", "-c", str(cores)] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, bufsize=1)
        atexit.register(self.process.kill)
        self.hello = self._answer()
        self.process.send_signal(signal.SIGSTOP)

    def ask(self, line):
        """The answer; its "cpu", if it is of the whole process, is without the compiler's threads, whose seconds are "compiler"."""
        self.process.send_signal(signal.SIGCONT)
        compiler = self._compiler()
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self._answer()
        except BrokenPipeError:
            return {"error": "the process died"}
        if "seconds" in answer:
            answer["compiler"] = self._compiler() - compiler
        if answer.pop("process", False):
            answer["cpu"] -= answer["compiler"]
        self.process.send_signal(signal.SIGSTOP)
        return answer

    def _answer(self):
        line = next((x for x in self.process.stdout if x.startswith("{")), '{"error": "the process died"}')
        return json.loads(line)

    def _compiler(self):
        """Seconds that the threads of Java's compilers have run; they must not end in between (java())."""
        nanos = 0
        for thread in glob.glob(f"/proc/{self.process.pid}/task/*"):
            try:
                with open(f"{thread}/comm") as name, open(f"{thread}/schedstat") as ran:
                    if name.read().startswith(("C1 Compiler", "C2 Compiler")):
                        nanos += int(ran.read().split()[0])
            except OSError:
                continue  # a thread that has ended
        return nanos / 1e9

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.close()
        self.process.wait()


def java(heap, *arguments):
    """A command for a JVM with a heap that does not grow, as Flink starts its processes."""
    return ["java", f"-Xms{heap}", f"-Xmx{heap}", "-XX:-UseDynamicNumberOfCompilerThreads", *arguments]


def class_path(module, *own):
    """What a module is compiled and tested with, behind its own folders; asked of Maven once, as long as its target/ stays."""
    file = os.path.join(HOME, module, "target", "class-path")
    if not os.path.exists(file):
        subprocess.run(["mvn", "-q", "-B", "-pl", module, "-am", "test-compile", "dependency:build-classpath",
                        f"-Dmdep.outputFile={file}"], cwd=HOME, check=True, stdout=subprocess.DEVNULL)
    with open(file) as f:
        return ":".join([os.path.join(HOME, folder) for folder in own] + [f.read().strip()])


def python_with_peers():
    """A Python in which the other engines are installed, in the versions above."""
    python = os.path.join(VENV, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([os.path.join(VENV, "bin", "pip"), "install", "-q"] + PACKAGES
                       + ["-r", os.path.join(SHARED, "tools", "requirements.txt")], check=True)
    return python


def machine():
    version = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[1]
    with open("/proc/cpuinfo") as info:
        cpu = next((x.split(":")[1].strip() for x in info if x.startswith("model name")), platform.machine())
    return f"{datetime.date.today()}: {cpu}, {os.cpu_count()} cores, {version}"


def document(name, text):
    """Puts the text between the marks of that name in docs/BENCHMARKS.md; what has no marks yet comes last."""
    path = os.path.join(HOME, "docs", "BENCHMARKS.md")
    begin, end = (f"<!-- {name}: {mark} -->" for mark in ("begin", "end"))
    with open(path) as f:
        old = f.read()
    if begin not in old:
        old += f"\n{begin}\n{end}\n"
    head, rest = old.split(begin)
    with open(path, "w") as f:
        f.write(head + begin + "\n" + text + end + rest.split(end)[1])
