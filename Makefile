# What sam build calls: makes the package with the wrapper and unpacks it where SAM wants it.
.PHONY: build-GatewayFunction

build-GatewayFunction:
	./mvnw -q package -DskipTests
	unzip -q -o target/function.zip -d "$(ARTIFACTS_DIR)"
