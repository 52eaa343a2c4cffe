import { UserError } from "../cli/errors";

/** None of the bootstrap addresses answers. */
export class BootstrapUnreachableError extends UserError {}

/** An address accepts connections and answers nothing. */
export class SilentPortError extends UserError {}

/** The bootstrap address answers, but a broker can't be reached under the address that Kafka advertises for it. */
export class AdvertisedAddressError extends UserError {}

/** The topic does not exist. */
export class UnknownTopicError extends UserError {}

/** Kafka was reached and said no. */
export class KafkaRefusedError extends UserError {}

/** Client and listener do not speak alike: TLS, certificates, or who the client is. */
export class SecurityError extends UserError {}

/** What the client shows of itself, or the CA that it trusts, can't be had. */
export class IdentityError extends UserError {}

/** The outputs of a stack can't be read, or lead to no Kafka. */
export class StackAccessError extends UserError {}

/** The ConfigMap with the addresses of the listeners is missing or can't be read. */
export class ListenersConfigMapError extends UserError {}

/** There is no usable kubeconfig, or the API server can't be reached or refuses the credentials. */
export class KubernetesAccessError extends UserError {}

/** A connection through a pod's port-forward could not be made or broke. */
export class TunnelError extends UserError {
    /** As a socket error has it, so that kafkajs treats it like one. */
    readonly code = "ETUNNEL";
}

/** A command in a pod can't be run, or failed. */
export class PodCommandError extends UserError {}
