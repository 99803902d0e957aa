#!/usr/bin/env bash
# A process that runs as a pod's account: what seed 002 shows of the files, and kubectl as an in-cluster client.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/d
port=$(free_port)
start_server apiserver "$d" "$port"
k=$(all_kubectls | tail -1)
admin="$k --kubeconfig $d/admin.kubeconfig"
m=$MUSTER/muster
at=/var/run/secrets/kubernetes.io/serviceaccount

$admin create namespace team >/dev/null
$admin -n team create serviceaccount robot >/dev/null
$admin -n team create rolebinding robot --clusterrole view --serviceaccount team:robot >/dev/null
$admin -n team run web --image=nginx --overrides='{"spec":{"serviceAccountName":"robot"}}' >/dev/null
run="$m pod-exec --data-dir $d team/web --"
# Where no mount namespace may be made, the same files lie in a folder.
unshare --mount true 2>/dev/null || at='$MUSTER_ACCOUNT_FILES'

out=$($run sh -c "ls -l $at" 2>&1)
for name in ca.crt namespace token; do
  grep -Eq "^lrwx.* $name -> ..data/$name\$" <<<"$out" && echo "ok $name is a link into ..data" || fail "$name" "$out"
done
equal "the namespace" team "$($run sh -c "cat $at/namespace" 2>/dev/null)"
expect "the CA" 'BEGIN CERTIFICATE' $run sh -c "cat $at/ca.crt"
token=$($run sh -c "cat $at/token" 2>/dev/null)
equal "the token is a signed one" 3 "$(tr . '\n' <<<"$token" | wc -l)"
expect "and the pod's" 'pod-name.*web' bash -c "$k --server https://127.0.0.1:$port --certificate-authority $d/pki/ca.crt --kubeconfig /dev/null --token '$token' auth whoami"
if [ "$at" = /var/run/secrets/kubernetes.io/serviceaccount ]; then
  expect "kubectl inside is the account" 'system:serviceaccount:team:robot' env HOME=/nonexistent $run "$k" auth whoami
  expect "and reads what it may" 'web' env HOME=/nonexistent $run "$k" -n team get pods
  [ -e $at/token ] && fail "the mount is seen outside" || echo "ok nobody else sees the mount"
fi
$run sh -c 'exit 7' >/dev/null 2>&1
equal "the command's status is handed on" 7 $?
equal "no files are left" 0 "$(ls -d "$TMPDIR"/muster-pod-* /tmp/muster-pod-* 2>/dev/null | wc -l)"
refused "a pod that is not there" 'pods "ghost" not found' $m pod-exec --data-dir $d team/ghost -- true
refused "a wrong call" 'NAMESPACE/POD' $m pod-exec --data-dir $d web -- true
$admin -n team delete pod web --force --grace-period=0 >/dev/null 2>&1
sleep 1
equal "the token dies with the pod" 401 "$(curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "https://127.0.0.1:$port/api")"
done_testing
