import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

// The provider as the program itself makes it, and nothing else.
new k8s.Provider("cluster", {
    kubeconfig: config.require("kubeconfig"),
    clusterIdentifier: pulumi.getStack(),
    enableConfigMapMutable: true,
});
