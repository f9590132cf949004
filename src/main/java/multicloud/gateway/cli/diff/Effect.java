package multicloud.gateway.cli.diff;

/** Whether a change lets more happen than before, the gravest last. */
public enum Effect {
    /** Neither, as far as can be told. */
    NONE,
    /** Fewer are let in, or get less far. */
    NARROWER,
    /** More are let in, or get further. */
    WIDER,
    /** Requests lose their authorizer, or the residency that held them. */
    EXPOSED
}
