import type { KubernetesObject } from "@kubernetes/client-node";
import { RenderError } from "./errors";
import type { RegisteredResource } from "./recordProgram";

/** A Helm release of a stack. */
export interface HelmRelease {
    readonly name: string;
    readonly namespace: string;
    /** Name in a repository, reference as `oci://…`, or path. */
    readonly chart: string;
    /**
     * Address of the chart's repository.
     *
     * @default - The chart says by itself where it is.
     */
    readonly repository?: string;
    readonly version: string;
    readonly values: Readonly<Record<string, unknown>>;
    /** Whether the chart's own CRDs are left out. */
    readonly skipCrds: boolean;
    /**
     * File or address of the CRDs that come before it.
     *
     * @default - The chart brings what it needs.
     */
    readonly crds?: string;
}

/** How Helm releases are written: as commands, or as what a GitOps tool makes them of. */
export const HELM_FORMS = ["commands", "argo", "flux"] as const;

/** One of {@link HELM_FORMS}. */
export type HelmForm = (typeof HELM_FORMS)[number];

/** Pulumi's types of what Helm installs, and of files with CRDs. */
const RELEASE = "kubernetes:helm.sh/v3:Release";
const CRDS = "kubernetes:yaml/v2:ConfigFile";

/** Those of the inputs that have a use here. The namespace is always made: whose it is comes before Helm, and is not there yet. */
interface ReleaseInputs extends Omit<HelmRelease, "repository"> {
    readonly repositoryOpts?: { readonly repo: string };
}

/** The Helm releases among what a program registers. A file with CRDs belongs to the release after it. */
export function helmReleases(resources: readonly RegisteredResource[]): HelmRelease[] {
    let crds: string | undefined;
    const releases: HelmRelease[] = [];
    for (const { type, inputs } of resources) {
        if (type === CRDS) {
            crds = inputs["file"] as string;
        } else if (type === RELEASE) {
            const release = inputs as unknown as ReleaseInputs;
            releases.push({
                name: release.name,
                namespace: release.namespace,
                chart: release.chart,
                ...(release.repositoryOpts && { repository: release.repositoryOpts.repo }),
                version: release.version,
                values: release.values,
                skipCrds: release.skipCrds === true,
                ...(release.skipCrds && crds !== undefined && { crds }),
            });
        }
    }
    return releases;
}

/** Whether a resource is for Helm, or beside it. */
export function isForHelm({ type }: RegisteredResource): boolean {
    return type === RELEASE || type === CRDS;
}

/** Name of a release's file with values. */
export function valuesFile({ name }: HelmRelease): string {
    return `helm/${name}.values.yaml`;
}

/**
 * Commands that make a release.
 *
 * @param directory Directory of the rendering.
 */
export function helmCommands(release: HelmRelease, directory: string): string[] {
    return [
        ...crdCommands(release),
        [
            `helm upgrade --install ${release.name} ${release.chart}`,
            ...(release.repository === undefined ? [] : [`--repo ${release.repository}`]),
            `--version ${release.version}`,
            `--namespace ${release.namespace}`,
            "--create-namespace",
            ...(release.skipCrds ? ["--skip-crds"] : []),
            `--atomic --timeout 10m --values ${directory}/${valuesFile(release)}`,
        ].join(" "),
    ];
}

/** The command that makes the CRDs of a release, where Helm does not. */
export function crdCommands({ crds }: HelmRelease): string[] {
    return crds === undefined ? [] : [`kubectl apply --server-side --filename ${crds}`];
}

/**
 * The objects from which a GitOps tool makes a release; none where commands do.
 *
 * @throws {@link RenderError} where the chart is a file that such a tool does not have.
 */
export function releaseObjects(release: HelmRelease, form: HelmForm): KubernetesObject[] {
    if (form === "commands") {
        return [];
    }
    const source = sourceOf(release);
    return form === "argo" ? [application(release, source)] : fluxObjects(release, source);
}

interface ChartSource {
    /** Address of the repository, with `oci://` where it is a registry. */
    readonly repository: string;
    readonly chart: string;
}

function sourceOf({ name, chart, repository }: HelmRelease): ChartSource {
    if (repository !== undefined) {
        return { repository, chart };
    }
    const [, registry, image] = /^(oci:\/\/.+)\/([^/]+)$/.exec(chart) ?? [];
    if (registry === undefined || image === undefined) {
        throw new RenderError(
            `Helm release ${name}: expected a chart in a repository, got ${chart}`,
            "leave --helm out, which prints the commands",
        );
    }
    return { repository: registry, chart: image };
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function application(release: HelmRelease, { repository, chart }: ChartSource): KubernetesObject {
    const object: KubernetesObject & { spec: object } = {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { name: release.name, namespace: "argocd" },
        spec: {
            project: "default",
            destination: {
                server: "https://kubernetes.default.svc",
                namespace: release.namespace,
            },
            source: {
                // Argo CD takes registries without their scheme.
                repoURL: repository.replace(/^oci:\/\//, ""),
                chart,
                targetRevision: release.version,
                helm: {
                    releaseName: release.name,
                    skipCrds: release.skipCrds,
                    valuesObject: release.values,
                },
            },
            syncPolicy: {
                automated: {},
                syncOptions: ["CreateNamespace=true", "ServerSideApply=true"],
            },
        },
    };
    return object;
}

/** @see https://fluxcd.io/flux/components/helm/helmreleases/ */
function fluxObjects(release: HelmRelease, { repository, chart }: ChartSource): KubernetesObject[] {
    const metadata = { name: release.name, namespace: "flux-system" };
    const crds = { crds: release.skipCrds ? "Skip" : "CreateReplace" };
    const objects = [
        {
            apiVersion: "source.toolkit.fluxcd.io/v1",
            kind: "HelmRepository",
            metadata,
            spec: {
                interval: "1h",
                url: repository,
                ...(repository.startsWith("oci://") && { type: "oci" }),
            },
        },
        {
            apiVersion: "helm.toolkit.fluxcd.io/v2",
            kind: "HelmRelease",
            metadata,
            spec: {
                interval: "10m",
                releaseName: release.name,
                targetNamespace: release.namespace,
                storageNamespace: release.namespace,
                chart: {
                    spec: {
                        chart,
                        version: release.version,
                        sourceRef: { kind: "HelmRepository", name: release.name },
                    },
                },
                install: { ...crds, createNamespace: true },
                upgrade: crds,
                values: release.values,
            },
        },
    ];
    return objects;
}
