#!/bin/sh
# healthy NAME: whether the service has written its status within the last minute. Each does so about once a second,
# and only while the thread that does its work is alive; a probe needs no port and starts no JVM.
[ -n "$(find "${CANDLESTACK_HOME:-/var/lib/candlestack}/run/$1-status.json" -mmin -1 2> /dev/null)" ]
