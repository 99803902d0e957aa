import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program as it runs in a pod: it knows nothing of its server but what lies in the pod. Prints who it is, reads its namespace's
 * ConfigMaps, says "ready", goes on reading, and prints when it was refused first.
 */
class InCluster {
    public static void main(String[] arguments) throws Exception {
        var files = Path.of(arguments.length > 0 ? arguments[0] : "/var/run/secrets/kubernetes.io/serviceaccount");
        // No kubeconfig: what is mounted, and the two variables.
        System.setProperty("kubernetes.auth.tryKubeConfig", "false");
        System.setProperty("kubernetes.auth.serviceAccount.token", files.resolve("token").toString());
        System.setProperty("kubernetes.certs.ca.file", files.resolve("ca.crt").toString());
        Config config = new ConfigBuilder().withRequestRetryBackoffLimit(0).build();
        String namespace = Files.readString(files.resolve("namespace"));
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
            var me = client.authentication().v1().selfSubjectReviews()
                    .create(new io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview());
            System.out.println("whoami " + me.getStatus().getUserInfo().getUsername());
            System.out.println("configmaps " + client.configMaps().inNamespace(namespace).list().getItems().stream()
                    .map(one -> one.getMetadata().getName()).toList());
            try {
                client.secrets().inNamespace(namespace).list();
                System.out.println("secrets read");
            } catch (KubernetesClientException e) {
                System.out.println("secrets " + e.getCode());
            }
            System.out.println("ready");
            long end = System.nanoTime() + 60_000_000_000L;
            while (System.nanoTime() < end) {
                try {
                    client.configMaps().inNamespace(namespace).withName("kube-root-ca.crt").get();
                } catch (KubernetesClientException e) {
                    System.out.println("refused " + e.getCode() + " " + System.currentTimeMillis());
                    return;
                }
                Thread.sleep(20);
            }
            System.out.println("never refused");
        }
    }
}
