#!/bin/sh
# build.sh FOLDER [REPOSITORY]: builds the services from this checkout and lays out FOLDER/NAME/lib (the libraries) and
# FOLDER/NAME/app (our own jars). What Maven downloads goes into REPOSITORY, by default the user's.
set -eu
out=$1
repository=${2:+-Dmaven.repo.local=$2}

mvn ${repository:+"$repository"} -B -q -Dquick -Dmaven.test.skip=true -pl setup,ingest/runner,analytics/job,analytics/sinks -am package

for service in setup:setup ingest:ingest/runner analytics:analytics/job sinks:analytics/sinks; do
  name=${service%%:*}
  target=${service#*:}/target
  mkdir -p "$out/$name/lib" "$out/$name/app"
  cp "$target"/lib/*.jar "$out/$name/lib/"
  mv "$out/$name"/lib/candlestack-*.jar "$target"/candlestack-*.jar "$out/$name/app/"
done
