"""usage: limit-file-size.py BYTES COMMAND...

Runs a command that can make no file larger than BYTES: for writers the same as a disk that becomes full.
"""
import os
import resource
import signal
import sys

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execvp(sys.argv[2], sys.argv[2:])
