using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Reads from an assembly which types its types refer to: in signatures, bodies, attributes and generic arguments.</summary>
internal static class TypeReferences
{
    /// <summary>Full names of all types that a type and what the compiler made for it refer to.</summary>
    public static HashSet<string> Of(TypeDefinition type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add(type);
        return names;

        void Add(TypeDefinition definition)
        {
            AddType(definition.BaseType);
            foreach (var implemented in definition.Interfaces)
            {
                AddType(implemented.InterfaceType);
            }

            AddAttributes(definition);
            foreach (var field in definition.Fields)
            {
                AddType(field.FieldType);
                AddAttributes(field);
            }

            foreach (var property in definition.Properties)
            {
                AddAttributes(property);
            }

            foreach (var method in definition.GetMethods().Concat(definition.GetConstructors()))
            {
                AddMethod(method);
            }

            foreach (var nested in definition.NestedTypes)
            {
                Add(nested);
            }
        }

        void AddMethod(MethodDefinition method)
        {
            AddSignature(method);
            AddAttributes(method);
            if (!method.HasBody)
            {
                return;
            }

            foreach (var variable in method.Body.Variables)
            {
                AddType(variable.VariableType);
            }

            foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
            {
                switch (operand)
                {
                    case TypeReference reference:
                        AddType(reference);
                        break;
                    case MethodReference reference:
                        AddType(reference.DeclaringType);
                        AddSignature(reference);
                        break;
                    case FieldReference reference:
                        AddType(reference.DeclaringType);
                        AddType(reference.FieldType);
                        break;
                }
            }
        }

        void AddSignature(MethodReference method)
        {
            AddType(method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                AddType(parameter.ParameterType);
            }

            if (method is GenericInstanceMethod generic)
            {
                foreach (var argument in generic.GenericArguments)
                {
                    AddType(argument);
                }
            }
        }

        void AddAttributes(Mono.Cecil.ICustomAttributeProvider provider)
        {
            foreach (var attribute in provider.CustomAttributes)
            {
                AddType(attribute.AttributeType);
            }
        }

        void AddType(TypeReference? reference)
        {
            switch (reference)
            {
                case null or GenericParameter:
                    return;
                case GenericInstanceType generic:
                    foreach (var argument in generic.GenericArguments)
                    {
                        AddType(argument);
                    }

                    AddType(generic.ElementType);
                    return;
                case TypeSpecification specification:
                    AddType(specification.ElementType);
                    return;
            }

            // A nested type belongs to the namespace of the outermost one.
            while (reference.DeclaringType is not null)
            {
                reference = reference.DeclaringType;
            }

            names.Add(reference.FullName);
        }
    }
}
