#!/usr/bin/env bash
# A wrong call or configuration ends the process, says everything that is wrong, each with its path; status 2 for usage, 1 else.
. "$MUSTER/it/lib.sh"
m=$MUSTER/muster
d=$TMPDIR/d

status() { "$@" >/dev/null 2>&1; echo $?; }

refused "an unknown flag, with the nearest known one" 'unknown flag \(did you mean --client-ca-file\?\)' \
  $m apiserver --data-dir $d --clientca-file=x
equal "a wrong call ends with status 2" 2 "$(status $m apiserver --data-dir $d --nonsense)"
equal "a refused value ends with status 1" 1 "$(status $m apiserver --data-dir $d --client-ca-file=/no/such/file)"
equal "an unknown command ends with status 2" 2 "$(status $m nonsense)"
refused "a missing CA file" '--client-ca-file: open /no/such/file: no such file' $m apiserver --data-dir $d --client-ca-file=/no/such/file
out=$($m apiserver --data-dir $d --client-ca-file=/no/a --token-auth-file /no/b --authorization-mode=Nope --secure-port=99999 2>&1)
equal "all problems are reported at once" 4 "$(grep -cE -- '--(client-ca-file|token-auth-file|authorization-mode|secure-port):' <<<"$out")"
printf 'tok,jane\n' >$TMPDIR/short.csv
refused "a token file row with two columns" 'short.csv' $m apiserver --data-dir $d --token-auth-file $TMPDIR/short.csv
echo garbage >$TMPDIR/ca.crt
refused "a CA file without a certificate" 'client-ca-file' $m apiserver --data-dir $d --client-ca-file $TMPDIR/ca.crt
refused "the seeds' alpha API switch" 'unknown api groups extensions' \
  $m apiserver --data-dir $d --runtime-config=extensions/v1beta1/networkpolicies=true
cat >$TMPDIR/authn.yaml <<Y
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: {enabled: false, conditions: [{path: /healthz}]}
colour: red
Y
refused "an AuthenticationConfiguration with an unknown field" 'colour: strict decoding error: unknown field' $m apiserver --data-dir $d --authentication-config $TMPDIR/authn.yaml
expect "help lists the flags" '--token-auth-file' $m apiserver --help
done_testing
