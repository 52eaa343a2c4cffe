import type { V1CustomResourceDefinition, V1Deployment } from "@kubernetes/client-node";
import { STRIMZI_API } from "../../components/strimzi/names";
import {
    STRIMZI_RELEASES,
    type StrimziRelease,
    type StrimziVersion,
} from "../../components/strimzi/versions";
import type { StrimziConfig } from "../../config/stackConfig";
import { watches } from "../health/strimzi/deployments";
import { fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { isOfRelease, ownerOf } from "./helm";
import { judgeKnown, type Known } from "./known";

/** A CRD by its name; `undefined` where the cluster has none. */
export type Definitions = readonly (readonly [
    name: string,
    definition: Known<V1CustomResourceDefinition | undefined>,
])[];

/** What is known of Strimzi in a cluster. */
export interface StrimziFacts {
    readonly definitions: Definitions;
    /** Of all namespaces. */
    readonly deployments: Known<readonly V1Deployment[]>;
}

const CRDS = "Strimzi's CRDs";
const OPERATOR = "Strimzi's operator";
const { version: API_VERSION } = STRIMZI_API;
/** Name of the release that the program makes in Kafka's namespace. */
const RELEASE = "strimzi-kafka-operator";

/** Judges whether Strimzi can be installed, or whether what is there runs the stack. */
export function judgeStrimzi(config: StrimziConfig, facts: StrimziFacts): Judgement[] {
    return [
        ...judgeDefinitions(config, facts.definitions),
        ...judgeKnown(facts.deployments, OPERATOR, (deployments) => {
            const watching = deployments.filter((each) => watches(each, config.namespace));
            return config.strimzi.operator === undefined
                ? judgeForeign(config, watching)
                : judgeInstallation(config, watching, deployments.filter(isOperator));
        }),
    ];
}

function judgeDefinitions({ strimzi }: StrimziConfig, definitions: Definitions): Judgement[] {
    const unread = reasonOf(definitions);
    if (unread !== undefined) {
        return [notKnown(CRDS, unread)];
    }
    const present = presentOf(definitions);
    const missing = definitions.map(([name]) => name).filter((name) => !present.has(name));
    if (strimzi.operator === undefined) {
        const unserved = [...present].filter(([, each]) => !serves(each, API_VERSION));
        const lacking = [...missing, ...unserved.map(([name]) => name)];
        return lacking.length === 0
            ? [ok(CRDS, `there, with ${API_VERSION}`)]
            : [
                  fails(CRDS, {
                      expected: `CRDs that serve ${API_VERSION}, since strimzi.installOperator is false`,
                      got: `none for ${listOf(lacking)}`,
                      next: "install Strimzi 1.1 or newer, or set strimzi.installOperator to true",
                  }),
              ];
    }
    if (present.size === 0) {
        return [ok(CRDS, "none yet: up makes them")];
    }
    // The new CRDs have no other version, and the API server takes none away in which objects are kept.
    const old = [...present].flatMap(([name, { status }]) =>
        (status?.storedVersions ?? [])
            .filter((version) => version !== API_VERSION)
            .map((version) => `${version} of ${name}`),
    );
    return old.length === 0
        ? [
              ok(
                  CRDS,
                  `there (${ownersOf(present.values())}): up makes them those of Strimzi ${strimzi.operator.version}`,
              ),
          ]
        : [
              fails(CRDS, {
                  expected: `objects that are kept as ${API_VERSION} only, which Strimzi ${strimzi.operator.version} needs`,
                  got: listOf(old),
                  next: "convert them first: https://strimzi.io/docs/operators/latest/deploying (API conversion)",
              }),
          ];
}

function reasonOf(definitions: Definitions): string | undefined {
    return definitions.flatMap(([, known]) => ("unknown" in known ? [known.unknown] : []))[0];
}

function presentOf(definitions: Definitions): Map<string, V1CustomResourceDefinition> {
    return new Map(
        definitions.flatMap(([name, known]) =>
            "value" in known && known.value !== undefined ? [[name, known.value] as const] : [],
        ),
    );
}

function serves({ spec }: V1CustomResourceDefinition, version: string): boolean {
    return spec.versions.some(({ name, served }) => name === version && served);
}

function ownersOf(definitions: Iterable<V1CustomResourceDefinition>): string {
    return [...new Set([...definitions].map(({ metadata }) => ownerOf(metadata)))].join(", ");
}

function isOperator({ spec }: V1Deployment): boolean {
    return spec?.selector.matchLabels?.["strimzi.io/kind"] === "cluster-operator";
}

/** A Deployment with its version, for a person. */
function nameOf(deployment: V1Deployment): string {
    const version = versionOf(deployment);
    const { namespace } = deployment.metadata ?? {};
    return `${version === undefined ? "one" : version} in ${namespace}`;
}

/** The version in the image of an operator; `undefined` where its tag is none. */
function versionOf({ spec }: V1Deployment): string | undefined {
    const images = spec?.template.spec?.containers.map(({ image }) => image ?? "") ?? [];
    return images.flatMap((image) => /\/operator:(\d+\.\d+\.\d+)/.exec(image)?.[1] ?? [])[0];
}

/** Judges an operator that is to be installed, beside those that are there. */
function judgeInstallation(
    { namespace, strimzi }: StrimziConfig,
    watching: readonly V1Deployment[],
    all: readonly V1Deployment[],
): Judgement[] {
    const release = { name: RELEASE, namespace };
    const isOwn = ({ metadata }: V1Deployment) =>
        metadata?.namespace === namespace && isOfRelease(metadata, release);
    const rivals = watching.filter((each) => !isOwn(each));
    if (rivals.length > 0) {
        return [
            fails(OPERATOR, {
                expected: `none that watches namespace ${namespace} before up installs one`,
                got: `${listOf(rivals.map(nameOf))} (${ownerOf(rivals[0]!.metadata)})`,
                next: "set strimzi.installOperator to false, or have it watch other namespaces",
            }),
        ];
    }
    const others = all.filter((each) => !isOwn(each));
    const version = strimzi.operator!.version;
    const newer = others.filter((each) => versionOf(each) !== version);
    return newer.length === 0
        ? [
              ok(
                  OPERATOR,
                  all.length > others.length ? "this stack's" : `none that watches ${namespace}`,
              ),
          ]
        : [
              warning(OPERATOR, {
                  expected: `all operators of the cluster to be ${version}, whose CRDs they share`,
                  got: listOf(newer.map(nameOf)),
                  next: "set strimzi.version to theirs, or upgrade them",
              }),
          ];
}

/** Judges an operator of somebody else, which is to run Kafka. */
function judgeForeign(
    { namespace, kafka }: StrimziConfig,
    watching: readonly V1Deployment[],
): Judgement[] {
    const [first, ...others] = watching;
    if (first === undefined) {
        return [
            fails(OPERATOR, {
                expected: `one that watches namespace ${namespace}, since strimzi.installOperator is false`,
                got: "none",
                next: `add ${namespace} to the namespaces that it watches, or set strimzi.installOperator to true`,
            }),
        ];
    }
    if (others.length > 0) {
        return [
            fails(OPERATOR, {
                expected: `one that watches namespace ${namespace}`,
                got: listOf(watching.map(nameOf)),
                next: "have only one of them watch it",
            }),
        ];
    }
    const version = versionOf(first);
    const release: StrimziRelease | undefined = STRIMZI_RELEASES[version as StrimziVersion];
    if (release === undefined) {
        return [
            warning(OPERATOR, {
                expected: `one of ${Object.keys(STRIMZI_RELEASES).join(", ")}`,
                got: nameOf(first),
                next: "see whether it runs the configured kafka.version",
            }),
        ];
    }
    return release.kafka.includes(kafka.version)
        ? [ok(OPERATOR, `${nameOf(first)}, which runs Kafka ${kafka.version}`)]
        : [
              fails("kafka.version", {
                  expected: `one of ${release.kafka.join(", ")}, which Strimzi ${version} runs`,
                  got: kafka.version,
                  next: "set kafka.version to one of them, or upgrade the operator",
              }),
          ];
}
