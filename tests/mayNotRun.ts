/**
 * What not every machine can run, by the beginning of its full title, and why. Any other test that is skipped fails the run.
 */
export const MAY_NOT_RUN: Readonly<Record<string, string>> = {
    ".ci/run": "reads /proc",
    "identity of a process on Linux": "reads /proc",
    "network policies, as cyclonus reads them": "needs Go, to build the matcher",
    "apply-topics.sh": "needs Linux namespaces",
    "apply-users.sh": "needs Linux namespaces",
    "check-volume.sh": "needs Linux namespaces",
    "small-volume.sh": "needs Linux namespaces",
    "questions to ZooKeeper": "needs Linux namespaces",
    "scripts of the certificates": "needs Linux namespaces",
    "scripts of the pods": "needs Linux namespaces",
    "Pulumi's own Node language host": "needs pulumi-language-nodejs on PATH",
};
