/**
 * The first node port of each stack of the integration tests; the next ones are for its brokers. Two suites run at a time, so each has
 * its own. All are among those that Kubernetes gives to no Service by itself.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
 */
export const NODE_PORTS = {
    dryRuns: 30000,
    engine: 30010,
    lostNamespace: 30020,
    pemFiles: 30030,
    previewAccess: 30040,
    renderedSync: 30050,
    scaleIn: 30060,
    strimzi: 30070,
    zookeeperAuthentication: 30080,
} as const;
